package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Very many streams at the same time, and nothing else.
@Isolated
class ManyStreamsTest {

    private static final int STREAMS = 2_000;
    private static final int ARMED = 1_000;
    private static final long LIMIT_MILLIS = 3_000;

    private static GatewayFixture fixture;
    private static Vertx vertx;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        fixture =
                GatewayFixture.with(
                        "bounds: {stream-idle: [100ms, 1h]}\ntimeouts: {stream-idle: 3s}\n");
        vertx = Vertx.vertx();
        client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(STREAMS));
    }

    @AfterAll
    static void stop() {
        GatewayFixture.wait(vertx.close().toCompletionStage().toCompletableFuture());
        fixture.close();
    }

    private static List<String> callAtOnce(Ask ask, int count) {
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(call(ask));
        }
        GatewayFixture.wait(Future.all(calls).toCompletionStage().toCompletableFuture());
        return calls.stream().map(Future::result).toList();
    }

    private static Future<String> call(Ask ask) {
        return client.request(HttpMethod.POST, fixture.port(), "127.0.0.1", ask.speech().path())
                .compose(request -> request.send(Buffer.buffer(ask.body())))
                .compose(HttpClientResponse::body)
                .map(body -> body.toString(StandardCharsets.UTF_8));
    }

    @Test
    void twoThousandStreamsAtOnce_allComplete() {
        Ask ask = Speech.OPENAI.stream("prefill=8s;tokens=6;rate=4");
        String expected = fixture.direct(ask).text();
        fixture.simulator().journal().clear();

        List<String> answers = callAtOnce(ask, STREAMS);

        assertThat(answers).hasSize(STREAMS).allMatch(expected::equals);
        assertThat(atTheSameTime()).isGreaterThan(STREAMS * 9 / 10);
    }

    /// How many calls the simulator had under way when the first of them ended.
    private static long atTheSameTime() {
        var entries = fixture.simulator().journal().entries();
        long firstEnd =
                entries.stream()
                        .mapToLong(e -> e.times().startedAt() + e.times().endedMs().orElseThrow())
                        .min()
                        .orElseThrow();
        return entries.stream().filter(e -> e.times().startedAt() < firstEnd).count();
    }

    @Test
    @DisplayName("P1 O5 a thousand armed limits: never early, each with its own elapsed time")
    void manyArmedLimits_neverFireEarly() {
        List<String> answers = callAtOnce(Speech.ANTHROPIC.stream("stall;tokens=2"), ARMED);

        Latencies latencies = new Latencies("stream-idle of " + ARMED);
        for (String answer : answers) {
            String[] events = answer.split("\n\n", -1);
            var own = Reply.data(events[events.length - 2]).get("error").get("ebbgate");
            assertThat(own.get("limit").asText()).isEqualTo("stream-idle");
            long elapsed = own.get("elapsed_ms").asLong();
            assertThat(elapsed).isGreaterThanOrEqualTo(LIMIT_MILLIS);
            latencies.add((elapsed - LIMIT_MILLIS) * 1_000_000);
        }
        latencies.check(100, 1_000);
    }
}
