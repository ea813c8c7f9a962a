package dev.ebbgate.gateway.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.gateway.loop.InFlight;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A gateway that is told to stop.
class DrainTest {

    private static CompletableFuture<Void> drain(Site site) {
        return site.gateway().drain().toCompletableFuture();
    }

    private static void awaitInFlight(Site site) {
        for (int i = 0; i < 1_000 && site.gateway().inFlight() == 0; i++) {
            site.get("/health");
        }
        assertThat(site.gateway().inFlight()).isEqualTo(1);
    }

    private static String streamed(String provider, String script) {
        return "{\"model\":\"" + provider + "/sim:" + script + "\",\"stream\":true}";
    }

    @ParameterizedTest
    @CsvSource({
        "sim,    /v1/chat/completions, 'data: [DONE]'",
        "claude, /v1/messages,         'event: message_stop'"
    })
    void draining_refusesNewWorkAndFinishesTheOld(String provider, String path, String end)
            throws Exception {
        try (Site site = Site.open(Site.PROVIDERS);
                RawClient running = site.client()) {
            running.send(RawClient.post(path, streamed(provider, "tokens=20;rate=20")));
            awaitInFlight(site);

            CompletableFuture<Void> drained = drain(site);
            RawAnswer ready = site.get("/ready");
            RawAnswer refused = site.post(path, streamed(provider, "burst"));

            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.json().path("ready").asBoolean(true)).isFalse();
            assertThat(site.get("/health").json().path("status").asText()).isEqualTo("draining");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 60);
            assertThat(refused.error().dialect().key())
                    .isEqualTo(provider.equals("sim") ? "openai" : "anthropic");
            assertThat(drained).isNotDone();
            assertThat(running.answer().text()).contains(end);
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sim,    /v1/chat/completions, OPENAI,    upstream_error,   stall",
        "claude, /v1/messages,         ANTHROPIC, overloaded_error, stall",
        "sim,    /v1/chat/completions, OPENAI,    upstream_error,   stall-keep-alive",
    })
    void streamThatOutlastsTheDrain_endsWithAnErrorFrame(
            String provider, String path, Dialect dialect, String type, String script)
            throws Exception {
        try (Site site = Site.open(Site.PROVIDERS + "limits: {drain: 300ms}\n");
                RawClient running = site.client()) {
            running.send(RawClient.post(path, streamed(provider, script)));
            assertThat(running.line()).contains("200");

            CompletableFuture<Void> drained = drain(site);
            String text = rest(running);

            var frame = new RawAnswer(200, Map.of(), Buffer.buffer(text)).frame();
            assertThat(frame.dialect()).isEqualTo(dialect);
            assertThat(frame.type()).isEqualTo(type);
            assertThat(frame.message())
                    .contains("cancelled (shutdown)", "limit 300ms from limits.drain")
                    .contains("committed=true");
            assertThat(frame.ebbgate("limit")).isEqualTo("drain");
            assertThat(frame.ebbgate("value")).isEqualTo("300ms");
            assertThat(frame.ebbgate("source")).isEqualTo("limits.drain");
            assertThat(frame.ebbgate("fault")).isEqualTo("gateway");
            assertThat(text).doesNotContain("[DONE]", "message_stop");
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void requestThatIsStillComingAtTheEndOfTheDrain_isTurnedAway() throws Exception {
        String request = RawClient.post("/v1/chat/completions", streamed("sim", "burst"));
        try (Site site = Site.open(Site.PROVIDERS + "limits: {drain: 300ms, after-finish: 1m}\n");
                RawClient slow = site.client()) {
            slow.send(request.substring(0, request.length() - 20));
            awaitInFlight(site);

            CompletableFuture<Void> drained = drain(site);
            RawAnswer refused = slow.answer();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(refused.error().message()).contains("shutting down");
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"10s, drain, limits.drain", "10m, stream-idle, default"})
    void draining_showsTheLimitThatIsNearer(String drain, String limit, String source)
            throws Exception {
        try (Site site = Site.open(Site.PROVIDERS + "limits: {drain: " + drain + "}\n");
                RawClient running = site.client()) {
            running.send(RawClient.post("/v1/chat/completions", streamed("sim", "stall")));
            assertThat(running.line()).contains("200");

            CompletableFuture<Void> drained = drain(site);
            InFlight seen =
                    site.gateway()
                            .underWay()
                            .toCompletableFuture()
                            .get(5, TimeUnit.SECONDS)
                            .getFirst();

            NextLimit next = Objects.requireNonNull(seen.next());
            assertThat(next.key()).isEqualTo(limit);
            assertThat(next.source()).isEqualTo(source);
            assertThat(seen.leftNanos()).isBetween(5_000_000_000L, 120_000_000_000L);
            site.gateway().end();
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void streamThatIsEndedBeforeItsTime_namesNoLimit() throws Exception {
        try (Site site = Site.open(Site.PROVIDERS);
                RawClient running = site.client()) {
            running.send(RawClient.post("/v1/chat/completions", streamed("sim", "stall")));
            assertThat(running.line()).contains("200");

            var ended = site.gateway().end().toCompletableFuture();
            var frame = new RawAnswer(200, Map.of(), Buffer.buffer(rest(running))).frame();

            assertThat(frame.message()).contains("cancelled (shutdown)").doesNotContain("limit");
            assertThat(frame.code()).isEqualTo("draining");
            ended.get(5, TimeUnit.SECONDS);
        }
    }

    /// The body of an answer whose first line was read already.
    private static String rest(RawClient client) {
        return client.answerAfter("HTTP/1.1 200 OK").text();
    }

    @ParameterizedTest
    @CsvSource({"sim, /v1/chat/completions", "claude, /v1/messages"})
    void bufferedCallThatOutlastsTheDrain_is503(String provider, String path) throws Exception {
        try (Site site = Site.open(Site.PROVIDERS + "limits: {drain: 300ms}\n");
                RawClient running = site.client()) {
            String body = "{\"model\":\"" + provider + "/sim:hang-accept\"}";
            running.send(RawClient.post(path, body));
            awaitInFlight(site);

            CompletableFuture<Void> drained = drain(site);
            RawAnswer answer = running.answer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error().message()).contains("cancelled (shutdown)");
            drained.get(5, TimeUnit.SECONDS);
            assertThat(site.ended().peerClosedMs()).isPresent();
        }
    }

    @Test
    void bodyThatIsWholeOnlyAfterTheDrain_isRefused() throws Exception {
        String body = "{\"model\":\"sim/sim:rate=burst\"}";
        String all = RawClient.post("/v1/chat/completions", body);
        try (Site site = Site.open(Site.PROVIDERS + "limits: {drain: 200ms, after-finish: 9s}\n");
                RawClient late = site.client();
                RawClient hanging = site.client()) {
            late.send(all.substring(0, all.length() - 5));
            awaitInFlight(site);
            hanging.send(RawClient.post("/v1/chat/completions", streamed("sim", "stall")));
            assertThat(hanging.line()).contains("200");

            CompletableFuture<Void> drained = drain(site);
            assertThat(rest(hanging)).contains("cancelled (shutdown)");
            RawAnswer answer = late.send(all.substring(all.length() - 5)).answer();

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.error().code()).isEqualTo("draining");
            assertThat(answer.header("connection")).isEqualTo("close");
            drained.get(5, TimeUnit.SECONDS);
            assertThat(site.journal()).hasSize(1);
        }
    }
}
