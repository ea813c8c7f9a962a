package dev.ebbgate.sim;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A client that sees what is on the wire: bytes, and how they ended.
final class RawPeer implements AutoCloseable {

    /// How the connection stood when the reading stopped.
    enum Wire {
        /// The peer closed after the end of the body (`connection: close` was asked for).
        COMPLETE,
        /// The peer closed in the middle of a body.
        CUT,
        RESET,
        /// Still open when the reader lost patience.
        OPEN
    }

    record Reply(String text, Wire wire) {
        String body() {
            int head = text.indexOf("\r\n\r\n");
            return head < 0 ? "" : text.substring(head + 4);
        }
    }

    private final Socket socket;

    RawPeer(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Reply ask(int port, String path, String body, int patienceMs) {
        try (RawPeer peer = new RawPeer(port)) {
            peer.send(path, body, "");
            return peer.read(patienceMs);
        }
    }

    static String request(String model, boolean stream) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[]}".formatted(model, stream);
    }

    /// Sends a request; `headers` are whole lines, each with its line end.
    void send(String path, String body, String headers) {
        String head =
                "POST %s HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-length: %d\r\n%s\r\n"
                        .formatted(path, body.length(), headers);
        try {
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply read(int patienceMs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Wire wire;
        try {
            readAll(out, System.nanoTime() + patienceMs * 1_000_000L);
            wire = whole(out.toString(StandardCharsets.ISO_8859_1)) ? Wire.COMPLETE : Wire.CUT;
        } catch (SocketTimeoutException silent) {
            wire = Wire.OPEN;
        } catch (SocketException reset) {
            wire = Wire.RESET;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(out.toString(StandardCharsets.ISO_8859_1), wire);
    }

    private void readAll(ByteArrayOutputStream out, long deadline) throws IOException {
        byte[] some = new byte[8192];
        int count = 0;
        while (count >= 0) {
            out.write(some, 0, count);
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            count = socket.getInputStream().read(some);
        }
    }

    /// Reads until the text has come.
    void readUntil(String text) {
        StringBuilder seen = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            socket.setSoTimeout(10_000);
            while (seen.indexOf(text) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IllegalStateException("the end came before " + text);
                }
                seen.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean whole(String text) {
        if (text.contains("transfer-encoding: chunked")) {
            return text.endsWith("0\r\n\r\n");
        }
        int at = text.indexOf("content-length: ") + "content-length: ".length();
        int end = text.indexOf("\r\n", at);
        return end > 0
                && text.length() - text.indexOf("\r\n\r\n") - 4
                        == Integer.parseInt(text.substring(at, end));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
