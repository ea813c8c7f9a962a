package dev.ebbgate.bench.soak;

import dev.ebbgate.bench.run.Child;
import dev.ebbgate.bench.run.Site;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Streams that are silent for longer than any constant hidden in a library, all limits off.
public final class Soak implements AutoCloseable {
    private static final int START_MILLIS = 20_000;
    private static final int PROBE_MILLIS = 100;
    private static final int SETTLE_MILLIS = 3_000;
    private static final int ENDING_MILLIS = 30_000;
    private static final String KEEP_ALIVE = "{after: 15s, every: 15s}";

    private final Path work;
    private final String ebbgate;
    private final Certificate certificate;
    private final SilentUpstream upstream;
    private final List<Child> gateways = new ArrayList<>();
    private final List<PatientClient> clients = new ArrayList<>();

    private Soak(Path work, String ebbgate)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.work = work;
        this.ebbgate = ebbgate;
        this.certificate = Certificate.make(work);
        this.upstream = new SilentUpstream(certificate.context());
    }

    /// Whether every answer survived this much silence and then came as the provider sent it,
    /// through a gateway with keep-alives and through one without.
    public static boolean run(Path work, String ebbgate, Duration silence)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (Soak soak = new Soak(work, ebbgate)) {
            soak.ask("keep-alive-on", KEEP_ALIVE);
            soak.ask("keep-alive-off", "off");
            boolean survived = soak.wait(silence);
            boolean whole = soak.end();
            return survived && whole;
        }
    }

    private void ask(String gateway, String keepAlive) throws IOException, InterruptedException {
        int port = Site.freePort();
        Path config = work.resolve(gateway + ".yaml");
        Files.writeString(
                config,
                """
                version: 1
                listen: {host: 127.0.0.1, port: %d}
                timeouts: {connect: off, first-token: off, stream-idle: off, no-progress: off, attempt: off, request: off}
                keep-alive: %s
                providers:
                  soak: {dialect: openai, base-url: "https://127.0.0.1:%d/v1", ca-file: "%s"}
                """
                        .formatted(port, keepAlive, upstream.port(), certificate.pem()));
        gateways.add(
                Child.start(
                        work, gateway, List.of(ebbgate, "serve", "--config", config.toString())));
        awaitOpen(gateway, port);
        for (Silence silence : Silence.values()) {
            clients.add(PatientClient.ask(gateway, port, silence));
        }
    }

    private static void awaitOpen(String gateway, int port)
            throws IOException, InterruptedException {
        for (int waited = 0; waited < START_MILLIS; waited += PROBE_MILLIS) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                Thread.sleep(PROBE_MILLIS);
            }
        }
        throw new IOException(gateway + " does not listen; see its log");
    }

    private boolean wait(Duration silence) throws InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        if (upstream.asked() != clients.size()) {
            say(
                    "only "
                            + upstream.asked()
                            + " of "
                            + clients.size()
                            + " requests reached the provider");
            return false;
        }
        for (long minute = 1; minute <= silence.toMinutes(); minute++) {
            Thread.sleep(Duration.ofMinutes(1));
            long waiting = clients.stream().filter(PatientClient::waiting).count();
            say(
                    "minute "
                            + minute
                            + " of "
                            + silence.toMinutes()
                            + ": "
                            + waiting
                            + " of "
                            + clients.size()
                            + " wait");
            if (waiting == 0) {
                return false;
            }
        }
        return clients.stream().allMatch(PatientClient::waiting);
    }

    private boolean end() throws InterruptedException {
        upstream.goOn();
        boolean sound = true;
        for (PatientClient client : clients) {
            var problem = client.problem(ENDING_MILLIS);
            problem.ifPresent(Soak::say);
            sound &= problem.isEmpty();
        }
        say(sound ? "every answer came whole" : "failed");
        return sound;
    }

    private static void say(String what) {
        System.out.println("soak: " + what);
    }

    @Override
    public void close() throws IOException {
        for (PatientClient client : clients) {
            client.close();
        }
        gateways.forEach(Child::close);
        upstream.close();
    }
}
