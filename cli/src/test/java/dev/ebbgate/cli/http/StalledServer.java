package dev.ebbgate.cli.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A server that accepts, says the same to everybody whatever is asked, and then nothing more: it
/// does not even close.
public final class StalledServer implements AutoCloseable {

    private final ServerSocket server;
    private final byte[] words;
    private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();

    private StalledServer(ServerSocket server, byte[] words) {
        this.server = server;
        this.words = words;
    }

    /// Starts one on a free port.
    ///
    /// @param words how much of an answer it gives
    public static StalledServer saying(String words) throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        StalledServer server = new StalledServer(socket, words.getBytes(StandardCharsets.US_ASCII));
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                accepted.add(socket);
                socket.getOutputStream().write(words);
            }
        } catch (IOException _) {
            // It is closed.
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
