package dev.ebbgate.gateway;

import dev.ebbgate.gateway.Reply.End;
import dev.ebbgate.gateway.Reply.Piece;

import io.vertx.core.buffer.Buffer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// A client that sees what is on the wire: bytes, when they came, and how they ended.
final class RawClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Socket socket = new Socket();
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long askedNanos;
    private int pace;
    private long rest;
    private int sinceRest;

    RawClient(int port) {
        this(port, 0);
    }

    /// A client whose receive buffer is small, so that its slowness is soon felt.
    RawClient(int port, int receiveBuffer) {
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Asks and reads the answer to its end.
    static Reply call(int port, Ask ask) {
        try (RawClient client = new RawClient(port)) {
            client.send(ask);
            return client.read();
        }
    }

    void send(Ask ask) {
        send(ask.bytes());
    }

    void send(byte[] bytes) {
        askedNanos = System.nanoTime();
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply read() {
        return read(PATIENCE);
    }

    Reply read(Duration patience) {
        Reading reading = new Reading(System.nanoTime() + patience.toNanos());
        End end;
        try {
            reading.answer();
            end = End.WHOLE;
        } catch (EOFException _) {
            end = End.SEVERED;
        } catch (SocketTimeoutException _) {
            end = End.OPEN;
        } catch (SocketException _) {
            end = End.RESET;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Reply(
                reading.status,
                reading.headNanos,
                reading.headers,
                Buffer.buffer(reading.body.toByteArray()),
                reading.pieces,
                end);
    }

    /// Reads so many bytes, then rests so long, and so on.
    Reply readSlowly(int bytes, long restNanos) {
        pace = bytes;
        rest = restNanos;
        return read();
    }

    private void rest(int count) {
        sinceRest += count;
        if (pace > 0 && sinceRest >= pace) {
            sinceRest = 0;
            LockSupport.parkNanos(rest);
        }
    }

    /// Reads until this text has come.
    void readUntil(String text) {
        Reading reading = new Reading(System.nanoTime() + PATIENCE.toNanos());
        StringBuilder seen = new StringBuilder();
        try {
            while (seen.indexOf(text) < 0) {
                seen.append((char) reading.octet());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("before " + text + " came " + seen, e);
        }
    }

    private final class Reading {
        private final long untilNanos;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final List<Piece> pieces = new ArrayList<>();
        private Map<String, String> headers = Map.of();
        private int status;
        private long headNanos;

        Reading(long untilNanos) {
            this.untilNanos = untilNanos;
        }

        void answer() throws IOException {
            String first = line();
            Map<String, String> read = new LinkedHashMap<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                read.put(name, line.substring(colon + 1).strip());
            }
            headers = read;
            headNanos = System.nanoTime() - askedNanos;
            status = Integer.parseInt(first.substring(9, 12));
            if (status == 100) {
                answer();
            } else if (headers.containsKey("transfer-encoding")) {
                chunks();
            } else {
                piece(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            }
        }

        private void chunks() throws IOException {
            for (int size = size(); size > 0; size = size()) {
                piece(size);
                line();
            }
            line();
        }

        private int size() throws IOException {
            return Integer.parseInt(line(), 16);
        }

        private void piece(int size) throws IOException {
            int left = size;
            while (left > 0) {
                fill();
                int count = Math.min(left, to - from);
                body.write(buffer, from, count);
                long at = System.nanoTime() - askedNanos;
                pieces.add(
                        new Piece(
                                at, new String(buffer, from, count, StandardCharsets.ISO_8859_1)));
                from += count;
                left -= count;
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = octet(); next != '\n'; next = octet()) {
                line.append((char) next);
            }
            return line.toString().stripTrailing();
        }

        int octet() throws IOException {
            fill();
            return buffer[from++] & 0xFF;
        }

        private void fill() throws IOException {
            if (from < to) {
                return;
            }
            long left = (untilNanos - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout((int) left);
            from = 0;
            to = Math.max(0, in.read(buffer));
            rest(to);
            if (to == 0) {
                throw new EOFException();
            }
        }
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
