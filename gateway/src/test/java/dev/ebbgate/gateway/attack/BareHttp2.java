package dev.ebbgate.gateway.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;

/// A client of HTTP/2 by prior knowledge that writes its frames itself, as RFC 9113 and RFC 7541
/// have them: it can say what no library would.
final class BareHttp2 implements AutoCloseable {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final int port;
    private int nextStream = 1;

    /// What came on one stream.
    ///
    /// @param head the encoded headers, of which short texts stand there as they are
    /// @param reset whether the stream was reset rather than ended
    record Answer(String head, String body, boolean reset) {}

    BareHttp2(int port) {
        this.port = port;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /// Sends a POST whose body ends here, or is still to be ended; answers its stream.
    int post(String path, String body, boolean ends, String... headers) {
        int stream = nextStream;
        nextStream += 2;
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        header(block, ":method", "POST");
        header(block, ":scheme", "http");
        header(block, ":path", path);
        header(block, ":authority", "127.0.0.1:" + port);
        for (int i = 0; i < headers.length; i += 2) {
            header(block, headers[i], headers[i + 1]);
        }
        frame(HEADERS, END_HEADERS, stream, block.toByteArray());
        frame(DATA, ends ? END_STREAM : 0, stream, body.getBytes(ISO_8859_1));
        return stream;
    }

    /// A literal without indexing and without compression.
    private static void header(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            block.write(text.length());
            block.writeBytes(text.getBytes(ISO_8859_1));
        }
    }

    void reset(int stream) {
        frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
    }

    private void frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        try {
            socket.getOutputStream().write(frame.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Frame(int type, int flags, int stream, String payload) {}

    private Frame next() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, new String(in.readNBytes(length), ISO_8859_1));
    }

    /// Reads until this stream is over.
    Answer answer(int stream) {
        StringBuilder head = new StringBuilder();
        StringBuilder body = new StringBuilder();
        try {
            while (true) {
                Frame frame = next();
                if (frame.stream != stream) {
                    continue;
                }
                String text = frame.payload;
                switch (frame.type) {
                    case HEADERS -> head.append(text);
                    case DATA -> body.append(text);
                    case RST_STREAM -> {
                        return new Answer(head.toString(), body.toString(), true);
                    }
                    default -> {}
                }
                if (frame.type <= HEADERS && (frame.flags & END_STREAM) != 0) {
                    return new Answer(head.toString(), body.toString(), false);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + head + body, e);
        }
    }

    /// Reads until this text has come on a stream.
    void await(int stream, String text) {
        StringBuilder body = new StringBuilder();
        try {
            while (body.indexOf(text) < 0) {
                Frame frame = next();
                if (frame.stream == stream && frame.type == DATA) {
                    body.append(frame.payload);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after " + body, e);
        }
    }

    /// Reads until the other side closes the connection.
    boolean isClosed() {
        try {
            while (true) {
                next();
            }
        } catch (EOFException | SocketException _) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
