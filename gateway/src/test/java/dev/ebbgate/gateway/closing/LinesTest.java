package dev.ebbgate.gateway.closing;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.gateway.JsonLines;
import dev.ebbgate.gateway.site.Leaks;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The line that is written of every exchange.
class LinesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY = Leaks.SECRET + "-agents";

    private static final String YAML =
            Site.PROVIDERS
                    + """
                    auth: {keys: {agents: "${AGENTS}"}}
                    routes: {coder: {targets: ["sim/sim:rate=burst"]}}
                    """;

    private static List<JsonNode> parsed(String lines) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            nodes.add(JSON.readTree(line));
        }
        return nodes;
    }

    private static void ask(Site site, String model, String... more) {
        String[] headers = List.of(more).toArray(new String[more.length + 1]);
        headers[more.length] = "x-api-key: " + KEY;
        String body =
                "{\"model\":\""
                        + model
                        + "\",\"stream\":true,\"messages\":[{\"role\":\"user\","
                        + "\"content\":\""
                        + Leaks.PROMPT
                        + "\"}]}";
        site.post("/v1/chat/completions", body, headers);
        site.settle();
    }

    @Test
    void everyExchange_isOneLineWithoutContentAndKeys() throws Exception {
        try (Site site = Site.open(YAML, Map.of("AGENTS", KEY))) {
            ask(site, "coder", "User-Agent: me/1.0", "x-ebbgate-tag: night \"run");
            ask(site, "sim/sim:reset;rate=burst");
            ask(site, "sim/sim:hang-headers", "x-ebbgate-timeout-first-token: 100ms");
            ask(site, "nowhere");

            String written = site.stop();
            List<JsonNode> lines = parsed(written);

            assertThat(lines).hasSize(3);
            assertThat(written).doesNotContain(Leaks.SECRET, Leaks.PROMPT);
            completed(lines.get(0));
            assertThat(lines.get(1).path("outcome").asText()).isEqualTo("failed");
            assertThat(lines.get(1).path("cause").asText()).isEqualTo("reset");
            timedOut(lines.get(2));
        }
    }

    private static void completed(JsonNode line) {
        assertThat(line.path("outcome").asText()).isEqualTo("completed");
        assertThat(line.path("exchange").asText()).startsWith("ebb-");
        assertThat(line.path("route").asText()).isEqualTo("coder");
        assertThat(line.path("operation").asText()).isEqualTo("/v1/chat/completions");
        assertThat(line.path("key").asText()).isEqualTo("agents");
        assertThat(line.path("user_agent").asText()).isEqualTo("me/1.0");
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("chunks").asInt()).isGreaterThan(16);
        assertThat(line.path("bytes").asInt()).isGreaterThan(1_000);
        JsonNode attempt = line.path("attempts").path(0);
        assertThat(attempt.path("target").asText()).isEqualTo("sim/sim:rate=burst");
        assertThat(attempt.path("connect_ms").isNumber()).isTrue();
        assertThat(attempt.path("first_token_ms").isNumber()).isTrue();
        assertThat(attempt.path("stream_ms").isNumber()).isTrue();
        assertThat(attempt.path("headers_ms").isNumber()).isTrue();
        assertThat(attempt.path("why").asText()).isEqualTo("first");
        assertThat(attempt.path("status").asInt()).isEqualTo(200);
        assertThat(attempt.path("bytes").asInt()).isGreaterThan(1_000);
        assertThat(line.path("dialect").asText()).isEqualTo("openai");
        assertThat(line.path("request_bytes").asInt()).isPositive();
    }

    private static void timedOut(JsonNode line) {
        assertThat(line.path("outcome").asText()).isEqualTo("timed out");
        assertThat(line.path("status").asInt()).isEqualTo(504);
        assertThat(line.path("limit").asText()).isEqualTo("first-token");
        assertThat(line.path("value").asText()).isEqualTo("100ms");
        assertThat(line.path("source").asText()).startsWith("header x-ebbgate-timeout-");
        assertThat(line.path("phase").asText()).isEqualTo("first-token");
        assertThat(line.path("elapsed_ms").asDouble()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void waitForAPlace_isALimitInTheLine() throws Exception {
        String yaml =
                """
                failover: {retries: 0}
                providers:
                  one: {dialect: openai, base-url: "${SIM}/v1", max-in-flight: 1, queue: 100ms}
                """;
        try (Site site = Site.open(yaml);
                RawClient first = site.client()) {
            first.send(
                    RawClient.post("/v1/chat/completions", "{\"model\":\"one/sim:hang-headers\"}"));
            while (site.journal().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(site.post("/v1/chat/completions", "{\"model\":\"one/m\"}").status())
                    .isEqualTo(503);

            JsonNode line = parsed(site.stop()).getFirst();

            assertThat(line.path("outcome").asText()).isEqualTo("failed");
            assertThat(line.path("cause").asText()).isEqualTo("queue");
            ownLimit(line, "queue", "100ms", "providers.one.queue");
            ownLimit(line.path("attempts").path(0), "queue", "100ms", "providers.one.queue");
        }
    }

    @Test
    void endOfTheDrain_isALimitInTheLine() throws Exception {
        try (Site site = Site.open(Site.PROVIDERS + "limits: {drain: 200ms}\n");
                RawClient running = site.client()) {
            running.send(
                    RawClient.post(
                            "/v1/chat/completions",
                            "{\"model\":\"sim/sim:stall\",\"stream\":true}"));
            assertThat(running.line()).contains("200");
            site.gateway().drain().toCompletableFuture().get(5, TimeUnit.SECONDS);

            JsonNode line = parsed(site.stop()).getFirst();

            assertThat(line.path("outcome").asText()).isEqualTo("cancelled");
            assertThat(line.path("reason").asText()).isEqualTo("shutdown");
            assertThat(line.path("phase").asText()).isEqualTo("stream");
            assertThat(line.path("elapsed_ms").asDouble()).isGreaterThanOrEqualTo(199.9);
            ownLimit(line, "drain", "200ms", "limits.drain");
        }
    }

    private static void ownLimit(JsonNode said, String limit, String value, String source) {
        assertThat(said.path("limit").asText()).isEqualTo(limit);
        assertThat(said.path("value").asText()).isEqualTo(value);
        assertThat(said.path("source").asText()).isEqualTo(source);
    }

    /// An output that takes nothing until it is let.
    private static final class Stuck extends OutputStream {
        private final CountDownLatch freed = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                reached.countDown();
                freed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            taken.write(bytes, from, length);
        }
    }

    @Test
    void outputThatIsStuck_blocksNobodyAndCostsBoundedMemory() throws Exception {
        Entry entry;
        try (Site site = Site.open(YAML, Map.of("AGENTS", KEY))) {
            ask(site, "coder");
            site.settle();
            entry = site.entries().getFirst();
        }
        Stuck out = new Stuck();
        JsonLines lines = new JsonLines(out);

        lines.record(entry);
        out.reached.await();
        for (int i = 0; i < 25_000; i++) {
            lines.record(entry);
        }
        out.freed.countDown();
        lines.close();

        List<JsonNode> written = parsed(out.taken.toString(UTF_8));
        assertThat(written).hasSize(10_001);
        assertThat(written.get(1).path("lines_dropped_before").asInt()).isEqualTo(15_000);
    }

    /// An output that takes nothing and is not to be interrupted, as a pipe that nobody reads.
    private static final class Unread extends OutputStream {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CompletableFuture<Void> freed = new CompletableFuture<>();

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            reached.countDown();
            freed.join();
        }
    }

    @Test
    void linesThatNobodyHasTakenAtTheEnd_areCountedInTheLog() throws Exception {
        Entry entry;
        try (Site site = Site.open(YAML, Map.of("AGENTS", KEY))) {
            ask(site, "coder");
            site.settle();
            entry = site.entries().getFirst();
        }
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(JsonLines.class);
        log.addAppender(said);
        Unread out = new Unread();
        try {
            JsonLines lines = new JsonLines(out);
            lines.record(entry);
            out.reached.await();
            lines.record(entry);
            lines.record(entry);
            lines.close();
        } finally {
            out.freed.complete(null);
            log.detachAppender(said);
        }

        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("3 exchange lines were not written");
    }

    /// An output that fails while it is told to.
    private static final class Broken extends OutputStream {
        private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        private final CountDownLatch failed = new CountDownLatch(1);
        private volatile boolean broken = true;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (broken) {
                failed.countDown();
                throw new IOException("no space left");
            }
            taken.write(bytes, from, length);
        }
    }

    @Test
    void outputThatFails_isTriedAgainAndTheLostLinesAreCounted() throws Exception {
        Entry entry;
        try (Site site = Site.open(YAML, Map.of("AGENTS", KEY))) {
            ask(site, "coder");
            site.settle();
            entry = site.entries().getFirst();
        }
        Broken out = new Broken();
        JsonLines lines = new JsonLines(out);

        lines.record(entry);
        out.failed.await();
        out.broken = false;
        lines.record(entry);
        lines.close();

        List<JsonNode> written = parsed(out.taken.toString(UTF_8));
        assertThat(written).hasSize(1);
        assertThat(written.getFirst().path("lines_dropped_before").asInt()).isEqualTo(1);
    }
}
