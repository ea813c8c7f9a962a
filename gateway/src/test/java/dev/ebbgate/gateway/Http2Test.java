package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.sim.End;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/// HTTP/2 without TLS: by `Upgrade: h2c`, as JDK clients ask for it, and by prior knowledge.
class Http2Test {

    private static final int LARGE = 300_000;

    private static GatewayFixture fixture;
    private static Vertx vertx;
    private static io.vertx.core.http.HttpClient prior;

    @BeforeAll
    static void start() {
        fixture = GatewayFixture.with(GatewayFixture.SHORT.replace("600ms", "20s"));
        vertx = Vertx.vertx();
        HttpClientOptions options =
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false);
        prior = vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(1));
    }

    @AfterAll
    static void stop() {
        GatewayFixture.wait(vertx.close().toCompletionStage().toCompletableFuture());
        fixture.close();
    }

    private static HttpResponse<String> upgrading(Ask ask, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + fixture.port() + ask.speech().path());
        HttpRequest request =
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, true", "OPENAI, false", "ANTHROPIC, true", "ANTHROPIC, false"})
    void upgradeWithABody_isAnsweredOverHttp2(Speech speech, boolean streamed) throws Exception {
        Ask ask = streamed ? speech.stream("tokens=4") : speech.whole("tokens=4");

        HttpResponse<String> response = upgrading(ask, ask.body());

        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(fixture.direct(ask).text());
    }

    @Test
    void upgradeWithALargeBody_isAnswered() throws Exception {
        Ask ask = Speech.OPENAI.stream("tokens=2");
        String body = ask.body().replace("Hi", "Hi".repeat(LARGE / 2));

        HttpResponse<String> response = upgrading(ask, body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).endsWith(Speech.OPENAI.terminal() + "\n\n");
        assertThat(fixture.seen("tokens=2").received().bodyLength()).isGreaterThan(LARGE);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P3 N5 a stalled stream ends with a frame and without a reset")
    void stalledStream_endsWithAFrame(Speech speech) throws Exception {
        Ask ask = speech.stream("stall");

        HttpResponse<String> response = upgrading(ask, ask.body());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .contains("provider stopped unexpectedly")
                .doesNotContain(speech.terminal());
    }

    /// A call under way. Its body is listened to from before it is sent: what arrives before anyone
    /// listens is lost.
    private record Opened(HttpClientRequest request, CompletableFuture<String> body) {}

    private static CompletableFuture<Opened> open(Ask ask) {
        return prior.request(HttpMethod.POST, fixture.port(), "127.0.0.1", ask.speech().path())
                .toCompletionStage()
                .toCompletableFuture()
                .thenApply(request -> {
                    request.exceptionHandler(_ -> {});
                    CompletableFuture<String> body =
                            request.response()
                                    .compose(response -> response.body())
                                    .map(Buffer::toString)
                                    .toCompletionStage()
                                    .toCompletableFuture();
                    var _ = request.end(Buffer.buffer(ask.body()));
                    return new Opened(request, body);
                });
    }

    @ParameterizedTest
    @EnumSource
    void priorKnowledge_isAnswered(Speech speech) {
        Ask ask = speech.stream("tokens=3");

        Opened opened = GatewayFixture.wait(open(ask));

        assertThat(opened.request().version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(GatewayFixture.wait(opened.body())).isEqualTo(fixture.direct(ask).text());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P3 the reset of one stream closes its own upstream, and no other")
    void resetOfOneStream_closesItsUpstreamOnly(Speech speech) {
        String left = "hang-preamble;seed=" + speech.path().length();
        Ask stays = speech.stream("prefill=300ms;tokens=10;rate=20");
        HttpClientRequest leaving = GatewayFixture.wait(open(speech.stream(left))).request();
        CompletableFuture<String> staying = GatewayFixture.wait(open(stays)).body();
        fixture.seen(left);
        long before = System.nanoTime();
        CompletableFuture<Long> closed =
                fixture.simulator()
                        .journal()
                        .awaitEnded(entry -> entry.received().model().endsWith(left))
                        .thenApply(entry -> {
                            assertThat(entry.end()).isEqualTo(End.PEER_CLOSED);
                            return System.nanoTime();
                        });

        var _ = leaving.reset();

        assertThat((GatewayFixture.wait(closed) - before) / 1_000_000).isLessThan(250);
        assertThat(GatewayFixture.wait(staying)).isEqualTo(fixture.direct(stays).text());
    }
}
