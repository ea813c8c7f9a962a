package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.Outcomes.Cause;
import dev.ebbgate.gateway.Outcomes.Inside;
import dev.ebbgate.gateway.Outcomes.Limited;
import dev.ebbgate.gateway.Outcomes.Own;
import dev.ebbgate.gateway.Outcomes.Repaired;
import dev.ebbgate.gateway.Outcomes.Same;
import dev.ebbgate.gateway.Outcomes.Seen;
import dev.ebbgate.gateway.Outcomes.Skipped;
import dev.ebbgate.gateway.Reply.End;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// Every fault of the simulated provider, in both dialects, streamed and not, with keep-alives on
/// and off. All calls of the table run at the same time, some at once.
class FaultsTest {

    private static final int AT_ONCE = 24;

    /// With keep-alives, every answer waits so long that the head has left before it.
    private static final String AFTER_HEAD = ";prefill=300ms";

    private static final Outcomes SAME = new Same();
    private static final Outcomes REPAIRED = new Repaired();
    private static final Outcomes SKIPPED = new Skipped();
    private static final Outcomes SILENT =
            new Limited("first-token", "900ms", "first-token", "provider did not respond: no ");
    private static final Outcomes STALLED =
            new Limited("stream-idle", "500ms", "stream", "provider stopped unexpectedly: no byte");
    private static final Outcomes STUCK =
            new Limited(
                    "no-progress", "900ms", "stream", "provider stopped unexpectedly: no token");

    private static GatewayFixture fixture;
    private static ExecutorService callers;

    /// A line of the table.
    private record Row(String script, Outcomes streamed, Outcomes whole) {}

    @BeforeAll
    static void start() {
        fixture =
                GatewayFixture.with(
                        """
                        bounds: {stream-idle: [100ms, 1h]}
                        timeouts: {first-token: 900ms, stream-idle: 500ms, no-progress: 900ms}
                        limits: {after-finish: 200ms}
                        """);
        callers = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory());
    }

    @AfterAll
    static void stop() {
        callers.close();
        fixture.close();
    }

    private static Outcomes reset(String phase) {
        return new Cause("reset", phase, "provider broke the connection after");
    }

    private static Outcomes truncated(String phase) {
        return new Cause("truncated", phase, "provider ended before the answer was complete after");
    }

    private static Outcomes malformed(String phase) {
        return new Cause("malformed", phase, "provider sent a malformed answer: ");
    }

    private static List<Row> rows(Speech speech) {
        List<Row> rows = new ArrayList<>();
        for (String healthy :
                List.of(
                        "healthy",
                        "burst",
                        "reasoning",
                        "tool-call",
                        "tool-buffered;pause=100ms",
                        "huge-event;token-bytes=1MiB",
                        "crlf")) {
            rows.add(new Row(healthy, SAME, SAME));
        }
        rows.addAll(hanging());
        rows.addAll(broken());
        rows.addAll(unreadable(speech));
        rows.addAll(refusing());
        return rows;
    }

    private static List<Row> hanging() {
        return List.of(
                new Row("hang-accept", SILENT, SILENT),
                new Row("hang-headers", SILENT, SILENT),
                new Row("hang-preamble", SILENT, SILENT),
                new Row("keep-alive-only;keep-alive=50ms", SILENT, SILENT),
                new Row("stall", STALLED, STALLED),
                new Row("stall-keep-alive;keep-alive=50ms", STUCK, STUCK),
                new Row("finish-hang;lead=head", REPAIRED, STALLED));
    }

    private static List<Row> broken() {
        return List.of(
                new Row("reset", reset("stream"), reset("stream")),
                new Row("reset-accept", reset("first-token"), reset("first-token")),
                new Row("cut", reset("stream"), reset("stream")),
                new Row("truncated", reset("stream"), reset("stream")),
                new Row("eof", truncated("stream"), malformed("stream")),
                new Row("eof-preamble", truncated("first-token"), malformed("first-token")),
                new Row("no-done", REPAIRED, SAME),
                new Row("finish-cut", REPAIRED, SAME),
                new Row("finish-reset", REPAIRED, SAME),
                new Row("error-frame", new Inside("stream"), new Inside("stream")),
                new Row("error-first", new Inside("first-token"), new Inside("stream")));
    }

    private static List<Row> unreadable(Speech speech) {
        return List.of(
                new Row("malformed", SKIPPED, malformed("stream")),
                new Row("malformed-first", malformed("first-token"), malformed("stream")),
                new Row("malformed-end", truncated("stream"), malformed("stream")),
                new Row(
                        "no-choices",
                        speech == Speech.OPENAI ? malformed("first-token") : SAME,
                        malformed("stream")),
                new Row("gzip;lead=none", malformed("first-token"), malformed("first-token")),
                new Row("empty-200", malformed("first-token"), malformed("first-token")),
                new Row("html-200", malformed("first-token"), malformed("stream")));
    }

    private static List<Row> refusing() {
        return List.of(
                new Row("html-502", badStatus(), badStatus()),
                new Row("overloaded", new Own(503), new Own(503)),
                new Row("server-error", new Own(500), new Own(500)),
                new Row("rate-limited", new Own(429), new Own(429)),
                new Row("quota", new Own(429), new Own(429)),
                new Row("unauthorized", new Own(401), new Own(401)),
                new Row("context-length", new Own(400), new Own(400)),
                new Row("content-policy", new Own(400), new Own(400)));
    }

    private static Outcomes badStatus() {
        return new Cause("status", "first-token", "provider answered 502 after");
    }

    @TestFactory
    @DisplayName("P3 N2 N5 O5 C3 every fault ends honestly")
    Stream<DynamicContainer> everyFault_endsHonestly() {
        // All calls are begun before the first is looked at.
        List<DynamicContainer> tables = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            tables.add(table(speech, true, false));
            tables.add(table(speech, true, true));
            tables.add(table(speech, false, false));
            tables.add(table(speech, false, true));
        }
        return tables.stream();
    }

    private static DynamicContainer table(Speech speech, boolean streamed, boolean kept) {
        List<DynamicTest> tests =
                rows(speech).stream().map(row -> test(row, speech, streamed, kept)).toList();
        return DynamicContainer.dynamicContainer(
                speech + (streamed ? " streamed" : " whole") + (kept ? " kept alive" : ""), tests);
    }

    private static DynamicTest test(Row row, Speech speech, boolean streamed, boolean kept) {
        Outcomes outcome = streamed ? row.streamed : row.whole;
        String script = row.script + (kept ? AFTER_HEAD : "");
        Ask plain = streamed ? speech.stream(script) : speech.whole(script);
        Ask ask = kept ? plain.at(speech.keptProvider()) : plain;
        var reply = CompletableFuture.supplyAsync(() -> fixture.call(ask), callers);
        var direct = CompletableFuture.supplyAsync(() -> fixture.direct(ended(ask)), callers);
        return DynamicTest.dynamicTest(row.script, () -> check(ask, reply, outcome, direct, kept));
    }

    /// A provider that hangs is compared with one that ends there.
    private static Ask ended(Ask ask) {
        String script = ask.model().substring(ask.model().indexOf(':') + 1);
        boolean hangs = script.matches(".*(hang|stall|only).*");
        return hangs ? ask.header("x-sim", script + ";end=eof") : ask;
    }

    private static void check(
            Ask ask,
            CompletableFuture<Reply> reply,
            Outcomes outcome,
            CompletableFuture<Reply> direct,
            boolean kept) {
        Reply got = GatewayFixture.wait(reply);
        Seen seen = new Seen(ask, got);

        assertThat(got.end()).isEqualTo(End.WHOLE);
        if (kept && ask.streamed()) {
            assertThat(got.status()).as("the head was early").isEqualTo(200);
        }
        outcome.check(seen, GatewayFixture.wait(direct));
    }
}
