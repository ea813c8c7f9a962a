package dev.ebbgate.bench.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ebbgate.bench.load.AnswerReader;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;

/// One client on a blocking socket without any timeout, which reads its answer to the end.
final class PatientClient implements AutoCloseable {
    private static final int BUFFER = 8192;

    private final String name;
    private final Silence silence;
    private final Socket socket;
    private final Thread reader;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private volatile @Nullable String problem;

    private PatientClient(String name, Silence silence, Socket socket) {
        this.name = name;
        this.silence = silence;
        this.socket = socket;
        this.reader = Thread.ofVirtual().unstarted(this::read);
    }

    /// Sends the request and starts reading.
    static PatientClient ask(String gateway, int port, Silence silence) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(silence.request().getBytes(US_ASCII));
        PatientClient client = new PatientClient(gateway + ", " + silence.model(), silence, socket);
        client.reader.start();
        return client;
    }

    /// Whether the answer is still awaited.
    boolean waiting() {
        return reader.isAlive();
    }

    /// What is wrong with the answer, if anything, once no more than this long has been waited for
    /// its end.
    Optional<String> problem(long millis) throws InterruptedException {
        reader.join(millis);
        String found = waiting() ? "has not ended" : problem;
        return Optional.ofNullable(found).map(what -> name + ": " + what);
    }

    private void read() {
        AnswerReader answer = new AnswerReader();
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = socket.getInputStream();
            boolean whole = false;
            while (!whole) {
                int length = in.read(buffer);
                if (length < 0) {
                    break;
                }
                received.write(buffer, 0, length);
                whole = answer.feed(buffer, 0, length);
            }
            judge(answer, whole || answer.endsWithConnection());
        } catch (IOException e) {
            problem = e.getMessage() + " after " + answer;
        }
    }

    private void judge(AnswerReader answer, boolean whole) {
        String text = received.toString(US_ASCII);
        if (!whole || answer.status() != 200) {
            problem = "cut or refused: " + answer;
        } else if (!Body.of(text).equals(silence.body())) {
            problem = "not the bytes that the provider sent: " + text;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
