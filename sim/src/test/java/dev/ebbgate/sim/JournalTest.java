package dev.ebbgate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

class JournalTest {

    private static final String CHAT = "/v1/chat/completions";

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults().withEventLoops(2));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hang-accept",
                "hang-headers",
                "prefill=1h",
                "prefill=curve;prompt-tokens=900000",
                "tokens=2;rate=0.01",
                "stall",
                "drip=1h",
                "keep-alive-only"
            })
    void peerThatLeaves_isNotedInEveryPhase(String script) throws Exception {
        RawPeer peer = new RawPeer(simulator.port());
        peer.send(CHAT, RawPeer.request("sim:" + script, true), "");
        within(simulator.journal().await(e -> !e.received().model().isEmpty()));

        peer.close();

        JournalEntry entry = within(simulator.journal().awaitEnded(_ -> true));
        assertThat(entry.end()).isEqualTo(End.PEER_CLOSED);
        assertThat(entry.peerClosedMs()).isPresent();
        assertThat(simulator.journal().open()).isZero();
    }

    @Test
    void completeAnswer_isNotedWithItsEvents() throws Exception {
        String request = RawPeer.request("sim:tokens=3;rate=burst", true);

        RawPeer.ask(simulator.port(), CHAT, request, 5_000);

        JournalEntry entry = within(simulator.journal().awaitEnded(_ -> true));
        assertThat(entry.end()).isEqualTo(End.COMPLETED);
        assertThat(entry.eventsSent()).isEqualTo(1 + 3 + 2);
        assertThat(entry.received().scenario()).isEqualTo("tokens=3;rate=burst");
        assertThat(entry.received().bodyLength()).isEqualTo(request.length());
        assertThat(entry.times().firstByteMs()).isPresent();
        assertThat(entry.peerClosedMs()).isEmpty();
    }

    @Test
    void http2Streams_endAsOnHttp1() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(simulator.url() + CHAT))
                            .version(HttpClient.Version.HTTP_2)
                            .POST(HttpRequest.BodyPublishers.ofString(RawPeer.request("m", true)))
                            .build();
            client.send(request, HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> response =
                    client.send(request, HttpResponse.BodyHandlers.ofString());

            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.body()).endsWith("data: [DONE]\n\n");
        }
        JournalEntry entry = within(simulator.journal().awaitEnded(e -> e.id() == 2));
        assertThat(entry.end()).isEqualTo(End.COMPLETED);
    }

    @Test
    void credentials_areKnownByTheirFingerprintOnly() throws Exception {
        try (RawPeer peer = new RawPeer(simulator.port())) {
            String headers = "Authorization: Bearer sk-1\r\nX-Api-Key: sk-2\r\nX-Other: shown\r\n";
            peer.send(CHAT, RawPeer.request("sim:burst", true), headers);
            JournalEntry entry = within(simulator.journal().awaitEnded(_ -> true));

            assertThat(entry.received().header("authorization"))
                    .isEqualTo("Bearer " + Journal.fingerprint("sk-1"));
            assertThat(entry.received().header("x-api-key")).isEqualTo(Journal.fingerprint("sk-2"));
            assertThat(entry.received().header("x-other")).isEqualTo("shown");
            assertThat(entry.toString()).doesNotContain("sk-1", "sk-2");
        }
    }

    @Test
    void journalOverHttp_isReadAndCleared() throws Exception {
        RawPeer.ask(simulator.port(), CHAT, RawPeer.request("sim:burst", false), 5_000);
        within(simulator.journal().awaitEnded(_ -> true));

        String all = http("GET", "/sim/journal").body();
        String one = http("GET", "/sim/journal/1").body();
        int cleared = http("DELETE", "/sim/journal").statusCode();

        assertThat(all).startsWith("[{\"id\":1,").contains("\"end\":\"completed\"");
        assertThat(all).isEqualTo("[" + one + "]");
        assertThat(cleared).isEqualTo(204);
        assertThat(http("GET", "/sim/journal").body()).isEqualTo("[]");
        assertThat(http("GET", "/sim/journal/1").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> http(String method, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(simulator.url() + path))
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void thousandStreams_areHeldAndReleased() throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            RawPeer peer = new RawPeer(simulator.port());
            peer.send(CHAT, RawPeer.request("bench-idle", true), "");
            peers.add(peer);
        }
        peers.forEach(peer -> peer.readUntil("\"content\":\" knows\""));
        int open = simulator.journal().open();

        peers.forEach(RawPeer::close);

        assertThat(open).isEqualTo(1_000);
        within(simulator.journal().awaitEnded(_ -> simulator.journal().open() == 0));
        assertThat(simulator.journal().entries()).allMatch(entry -> entry.end() == End.PEER_CLOSED);
    }

    @Test
    void readerThatDoesNotRead_isNotWrittenForWithoutBound() {
        String model = "sim:tokens=4000;token-bytes=64KiB;rate=1000000";
        try (RawPeer peer = new RawPeer(simulator.port())) {
            peer.send(CHAT, RawPeer.request(model, true), "");
            CompletableFuture<JournalEntry> flooded =
                    simulator.journal().await(entry -> entry.bytesSent() > 32 << 20);

            // 250 MiB are to be sent; what the kernel takes is some 6 MiB.
            assertThatThrownBy(() -> flooded.get(700, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
        }
    }

    private static JournalEntry within(CompletableFuture<JournalEntry> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
