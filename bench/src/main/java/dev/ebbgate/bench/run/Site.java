package dev.ebbgate.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/// Where a run takes place: the project's root, a work folder of its own, and the port of the
/// bench's provider.
public record Site(Path root, Path work, int upstreamPort) {
    /// A loopback port that nobody used a moment ago.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// A file of this run.
    Path file(String name) {
        return work.resolve(name);
    }
}
