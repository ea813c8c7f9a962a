package dev.ebbgate.gateway.closing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.Site;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A gateway that is told to stop, and clients of HTTP/2, whose one connection carries all.
class Http2DrainTest {

    private static Vertx vertx;
    private static HttpClientAgent http;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        http =
                vertx.httpClientBuilder()
                        .with(
                                new HttpClientOptions()
                                        .setProtocolVersion(HttpVersion.HTTP_2)
                                        .setHttp2ClearTextUpgrade(false))
                        .build();
    }

    @AfterAll
    static void stop() throws Exception {
        wait(vertx.close());
    }

    private static <T> T wait(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Future<HttpClientResponse> ask(HttpClientConnection connection, String script) {
        String body = "{\"model\":\"sim/sim:" + script + "\",\"stream\":true}";
        RequestOptions options =
                new RequestOptions().setMethod(HttpMethod.POST).setURI("/v1/chat/completions");
        return connection.request(options).compose(request -> request.send(Buffer.buffer(body)));
    }

    @Test
    void draining_sendsClientsElsewhereAndFinishesWhatTheyHave() throws Exception {
        try (Site site = Site.open(Site.PROVIDERS)) {
            HttpClientConnection connection =
                    wait(
                            http.connect(
                                    new HttpConnectOptions()
                                            .setHost("127.0.0.1")
                                            .setPort(site.gateway().port())));
            CompletableFuture<Void> sentAway = new CompletableFuture<>();
            connection.shutdownHandler(_ -> sentAway.complete(null));
            Future<Buffer> running =
                    ask(connection, "tokens=20;rate=20").compose(HttpClientResponse::body);
            for (int i = 0; i < 1_000 && site.gateway().inFlight() == 0; i++) {
                site.get("/health");
            }

            CompletableFuture<Void> drained = site.gateway().drain().toCompletableFuture();
            HttpClientResponse refused = wait(ask(connection, "burst"));

            assertThat(refused.statusCode()).isEqualTo(503);
            sentAway.get(5, TimeUnit.SECONDS);
            assertThat(wait(running).toString()).endsWith("data: [DONE]\n\n");
            drained.get(5, TimeUnit.SECONDS);
        }
    }
}
