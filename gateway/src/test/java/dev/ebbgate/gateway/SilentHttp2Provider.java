package dev.ebbgate.gateway;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// A provider that takes every HTTP/2 request and answers none; it answers pings, or not even
/// those, as when the path to it has died.
final class SilentHttp2Provider implements AutoCloseable {

    private static final int PREFACE = 24;
    private static final byte SETTINGS = 4;
    private static final byte PING = 6;
    private static final byte ACK = 1;

    private final ServerSocket server;
    private final boolean answersPings;
    private final AtomicInteger connections = new AtomicInteger();

    SilentHttp2Provider(boolean answersPings) throws IOException {
        this.answersPings = answersPings;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /// How many connections were made so far.
    int connections() {
        return connections.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            in.readNBytes(PREFACE);
            out.write(frame(SETTINGS, (byte) 0, new byte[0]));
            while (true) {
                answer(in, out);
            }
        } catch (IOException _) {
            // gone
        }
    }

    private void answer(DataInputStream in, OutputStream out) throws IOException {
        int first = in.readInt();
        byte type = (byte) first;
        byte flags = in.readByte();
        in.readInt();
        byte[] payload = in.readNBytes(first >>> 8);
        if (type == SETTINGS && flags != ACK) {
            out.write(frame(SETTINGS, ACK, new byte[0]));
        } else if (type == PING && answersPings) {
            out.write(frame(PING, ACK, payload));
        }
    }

    private static byte[] frame(byte type, byte flags, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put(flags)
                .putInt(0)
                .put(payload)
                .array();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
