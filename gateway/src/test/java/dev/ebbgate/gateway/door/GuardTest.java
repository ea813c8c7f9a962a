package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.gateway.site.Leaks;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

class GuardTest {

    private static final String KEY = Leaks.SECRET + "-agents";
    private static final String GOOD = "{\"model\":\"coder\"}";
    private static final String ROUTES = "routes: {coder: {targets: [\"sim/sim:rate=burst\"]}}\n";

    private static Site local;
    private static Site keyed;

    @BeforeAll
    static void open() {
        local = Site.open(Site.PROVIDERS + ROUTES);
        keyed =
                Site.open(
                        Site.PROVIDERS
                                + ROUTES
                                + "auth: {keys: {agents: \"${AGENTS}\", ops: \"${OPS}\"}}\n",
                        Map.of("AGENTS", KEY, "OPS", Leaks.SECRET + "-ops"));
    }

    @AfterEach
    void settle() {
        local.settle();
        keyed.settle();
    }

    @AfterAll
    static void close() {
        local.close();
        keyed.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer " + Leaks.SECRET + "-agents",
                "authorization: bearer  " + Leaks.SECRET + "-agents",
                "x-api-key: " + Leaks.SECRET + "-agents",
                "X-Api-Key: " + Leaks.SECRET + "-ops",
                "Authorization: Bearer "
                        + Leaks.SECRET
                        + "-wrong\r\nx-api-key: "
                        + Leaks.SECRET
                        + "-agents",
                "Authorization: Bearer "
                        + Leaks.SECRET
                        + "-agents\r\nx-api-key: "
                        + Leaks.SECRET
                        + "-wrong"
            })
    void goodKey_passes(String headers) {
        RawAnswer answer = keyed.post("/v1/chat/completions", GOOD, headers);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Nothing: here",
                "Authorization: Bearer " + Leaks.SECRET + "-wrong",
                "Authorization: Bearer",
                "Authorization: ",
                "Authorization: Basic " + Leaks.SECRET + "-agents",
                "Authorization: Bearer " + Leaks.SECRET + "-agents2",
                "x-api-key: " + Leaks.SECRET,
                "x-api-key: ",
                "api-key: " + Leaks.SECRET + "-agents",
                "Authorization: Bearer " + Leaks.SECRET + "-x\r\nx-api-key: " + Leaks.SECRET + "-y"
            })
    void noGoodKey_is401InTheDialectOfThePath(String headers) {
        RawAnswer openAi = keyed.post("/v1/chat/completions", GOOD, headers);
        RawAnswer anthropic = keyed.post("/v1/messages", GOOD, headers);

        assertThat(List.of(openAi.status(), anthropic.status())).containsOnly(401);
        assertThat(openAi.error().type()).isEqualTo("authentication_error");
        assertThat(openAi.error().code()).isEqualTo("invalid_api_key");
        assertThat(anthropic.error().dialect()).isEqualTo(Dialect.ANTHROPIC);
        assertThat(anthropic.error().type()).isEqualTo("authentication_error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/models", "/v1/models/coder", "/nowhere", "/v1/chat/completions"})
    void withoutAKey_nothingButHealthIsTold(String path) {
        assertThat(keyed.get(path).status()).isEqualTo(401);
        assertThat(keyed.get("/health", "Host: gateway.example").status()).isEqualTo(200);
        assertThat(keyed.get("/ready").status()).isEqualTo(200);
    }

    @Test
    void twoHosts_are400EvenWithAKey() {
        RawAnswer answer =
                keyed.post(
                        "/v1/chat/completions",
                        GOOD,
                        "x-api-key: " + KEY,
                        "Host: gateway.example",
                        "Host: other.example");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().message()).contains("Host");
    }

    @Test
    void refusedKey_doesNotSeverTheConnection() {
        String body = "{\"model\":\"coder\",\"x\":\"" + "x".repeat(100_000) + "\"}";
        String good = RawClient.post("/v1/chat/completions", GOOD, "x-api-key: " + KEY);
        try (RawClient client = keyed.client()) {
            client.send(RawClient.post("/v1/chat/completions", body));

            assertThat(client.answer().status()).isEqualTo(401);
            assertThat(client.send(good).answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:12000",
                "Host: evil_name.example",
                "Host: 127.0.0.1.evil.example",
                "Host: localhost.evil.example",
                "Host: 169.254.169.254",
                "Host: 0.0.0.0",
                "Host: evil.example:99999",
                "Host: evil example",
                "Host: ",
                "Host: evil.example\r\nHost: 127.0.0.1",
                "Host: 127.0.0.1\r\nHost: evil.example",
                "Origin: https://evil.example",
                "Origin: http://evil_name.example",
                "Origin: null",
                "Origin: http://localhost.evil.example",
                "Origin: http://evil.example/http://localhost",
                "Origin: file://",
                "Origin: http://localhost\r\nOrigin: http://evil.example"
            })
    void foreignHostOrOrigin_is403WithoutKeys(String header) {
        RawAnswer anthropic = local.post("/v1/messages", GOOD, header);
        RawAnswer health = local.get("/health", header);

        assertThat(List.of(anthropic.status(), health.status())).containsOnly(403);
        assertThat(anthropic.error().type()).isEqualTo("permission_error");
        assertThat(health.error().code()).isEqualTo("forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "Host: localhost",
        "Host: LOCALHOST:12000",
        "Host: 127.0.0.1:80",
        "Host: 127.9.9.9",
        "Host: [::1]:12000",
        "Origin: http://localhost:3000",
        "Origin: http://127.0.0.1",
        "'Origin: http://[::1]:3000'"
    })
    void loopbackHostOrOrigin_isAnswered(String header) {
        assertThat(local.get("/v1/models", header).status()).isEqualTo(200);
    }
}
