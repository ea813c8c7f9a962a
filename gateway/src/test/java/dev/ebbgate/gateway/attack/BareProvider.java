package dev.ebbgate.gateway.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A provider that does with each of its connections what a test tells it to.
final class BareProvider implements AutoCloseable {

    private static final int RECEIVE_BUFFER = 4 * 1024;

    /// What is done with a connection; it is closed by the gateway, or when the provider is.
    interface Conversation {
        void hold(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Conversation conversation;
    private final List<Socket> accepted = new CopyOnWriteArrayList<>();

    BareProvider(Conversation conversation) {
        this.conversation = conversation;
        try {
            server = new ServerSocket();
            server.setReceiveBufferSize(RECEIVE_BUFFER);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /// Answers every request with these bytes, whatever was asked.
    static BareProvider answering(String answer) {
        return new BareProvider(socket -> {
            while (!request(socket).isEmpty()) {
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        });
    }

    /// Reads one request with a declared length; answers its head, empty if none came.
    static String request(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
        in.readNBytes(Integer.parseInt(length));
        return head.toString();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// Connections so far.
    List<Socket> accepted() {
        return accepted;
    }

    private void accept() {
        try {
            while (!server.isClosed()) {
                Socket socket = server.accept();
                accepted.add(socket);
                Thread.ofVirtual().start(() -> hold(socket));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void hold(Socket socket) {
        try {
            conversation.hold(socket);
        } catch (IOException _) {
            // the gateway closes when it stops
        }
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
