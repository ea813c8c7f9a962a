package dev.ebbgate.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A port that says nothing: either it does not even answer the first packet, or it accepts and
/// stays mute. It sees when who has knocked goes away.
final class BlackHole implements AutoCloseable {

    private static final int FILLERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path CONNECTIONS = Path.of("/proc/net/tcp");
    private static final Path CONNECTIONS_6 = Path.of("/proc/net/tcp6");

    private final ServerSocket server;
    private final List<Socket> fillers = new ArrayList<>();

    private BlackHole(int backlog) {
        try {
            server = new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It accepts and says nothing.
    static BlackHole mute() {
        return new BlackHole(50);
    }

    /// Nobody accepts: what does not fit into the queue gets no answer to its first packet.
    static BlackHole full() {
        BlackHole hole = new BlackHole(1);
        for (int i = 0; i < FILLERS && hole.fill(); i++) {
            // until one does not get in
        }
        return hole;
    }

    /// Whether the knock of this machine's kernel on an unanswering port can be seen.
    static boolean isVisible() {
        return Files.isReadable(CONNECTIONS);
    }

    private boolean fill() {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
            filler.connect(server.getLocalSocketAddress(), 100);
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return ((InetSocketAddress) server.getLocalSocketAddress()).getPort();
    }

    /// Waits until someone knocks without being answered.
    void awaitKnock() {
        await(this::isKnocked);
    }

    /// Waits until nobody knocks any more; answers when that was.
    long awaitSilence() {
        await(() -> !isKnocked());
        return System.nanoTime();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("it did not come about in " + PATIENCE);
            }
            LockSupport.parkNanos(500_000);
        }
    }

    /// Whether there is a connection to this port whose first packet (`SYN_SENT`, 02) waits.
    private boolean isKnocked() {
        String waiting = String.format(Locale.ROOT, ":%04X 02 ", port());
        try {
            return Files.readString(CONNECTIONS).contains(waiting)
                    || (Files.isReadable(CONNECTIONS_6)
                            && Files.readString(CONNECTIONS_6).contains(waiting));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits for someone to come in and say the first word.
    Socket visitor() {
        try {
            Socket visitor = server.accept();
            visitor.setSoTimeout((int) PATIENCE.toMillis());
            if (visitor.getInputStream().read() < 0) {
                throw new AssertionError("it left without a word");
            }
            return visitor;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the visitor has left; answers when that was.
    static long awaitLeaving(Socket visitor) {
        try (visitor) {
            while (visitor.getInputStream().read() >= 0) {
                // what it still had to say
            }
        } catch (SocketException _) {
            // it left without a word
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return System.nanoTime();
    }

    /// Whether the visitor is there and says no more, for as long as one that left would be
    /// noticed.
    static boolean isStill(Socket visitor) {
        try {
            visitor.setSoTimeout(300);
            while (visitor.getInputStream().read() >= 0) {
                // what it had to say
            }
            return false;
        } catch (SocketTimeoutException _) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket filler : fillers) {
                filler.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
