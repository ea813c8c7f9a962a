package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.gateway.site.ErrorBody;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// Requests that are HTTP as it should be, and yet cannot be followed.
class BadRequestTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";
    private static final String PROMPT =
            "\"messages\":[{\"role\":\"user\",\"content\":\"" + Leaks.PROMPT + "\"}]";
    private static final String HEALTHY = "{\"model\":\"coder\"," + PROMPT + "}";

    private static Site site;

    @BeforeAll
    static void open() {
        site =
                Site.open(
                        Site.PROVIDERS
                                + """
                                overrides: {request: {max: 2h}}
                                routes:
                                  coder: {targets: ["sim/sim:rate=burst"]}
                                  claude-opus: {targets: [claude/good]}
                                """);
    }

    @AfterEach
    void settle() {
        site.settle();
        assertThat(site.post(CHAT, HEALTHY).status()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        site.close();
    }

    /// @param said part of the message
    record Body(String name, String body, int status, String code, String said) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Body bad(String name, String body, String said) {
        return new Body(name, body, 400, "bad_request", said);
    }

    private static Body unknown(String name, String body, String said) {
        return new Body(name, body, 404, "model_not_found", said);
    }

    static List<Body> bodies() {
        return List.of(
                bad("none", "", "empty"),
                bad("no JSON", Leaks.PROMPT, "JSON"),
                bad("cut off", "{\"model\":\"coder\"," + PROMPT, "JSON"),
                bad("two values", HEALTHY + HEALTHY, ""),
                bad("an array", "[" + HEALTHY + "]", "object"),
                bad("a text", "\"" + Leaks.PROMPT + "\"", "object"),
                bad("a BOM", "\uFEFF" + HEALTHY, ""),
                bad("no model", "{" + PROMPT + "}", "model"),
                bad("model 7", "{\"model\":7," + PROMPT + "}", "model"),
                bad("model null", "{\"model\":null}", "model"),
                bad("no name", "{\"model\":\"\"," + PROMPT + "}", "model"),
                bad("two models", "{\"model\":\"coder\",\"model\":\"b\"}", "model"),
                bad("stream 1", "{\"model\":\"coder\",\"stream\":1}", ""),
                bad("NUL", "{\"model\":\"co\0der\"," + PROMPT + "}", ""),
                bad("NUL in front", "\0\0" + HEALTHY, ""),
                bad("nested", "[".repeat(10_000), ""),
                bad(
                        "nested inside",
                        "{\"model\":\"coder\",\"x\":"
                                + "[".repeat(10_000)
                                + "]".repeat(10_000)
                                + "}",
                        "deep"),
                unknown("unknown", "{\"model\":\"codr\"," + PROMPT + "}", "did you mean coder?"),
                unknown(
                        "unknown provider",
                        "{\"model\":\"simm/good\"," + PROMPT + "}",
                        "did you mean sim/good?"),
                unknown(
                        "nothing near",
                        "{\"model\":\"quite else\"," + PROMPT + "}",
                        "name a route, or provider/model"),
                bad(
                        "a long name",
                        "{\"model\":\"" + "x".repeat(100_000) + "\"}",
                        "model is longer than"));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void badBody_isRefusedInTheDialectOfThePath(Body body) {
        RawAnswer openAi = site.post(CHAT, body.body());
        RawAnswer anthropic = site.post(MESSAGES, body.body());

        refused(openAi, body.status(), Dialect.OPENAI, body.said());
        assertThat(openAi.error().code()).isEqualTo(body.code());
        assertThat(openAi.error().type()).isEqualTo("invalid_request_error");
        refused(anthropic, body.status(), Dialect.ANTHROPIC, body.said());
        assertThat(anthropic.error().type())
                .isEqualTo(body.status() == 404 ? "not_found_error" : "invalid_request_error");
    }

    private static void refused(RawAnswer answer, int status, Dialect dialect, String said) {
        ErrorBody error = answer.error();
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(error.dialect()).isEqualTo(dialect);
        assertThat(error.message()).contains(said).hasSizeLessThan(1_000);
        assertThat(error.ebbgate("fault")).isEqualTo("client");
        assertThat(error.ebbgate("exchange")).isEqualTo(answer.header("x-ebbgate-id"));
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void binaryBody_isRefused() {
        byte[] garbage = new byte[5_000];
        new Random(7).nextBytes(garbage);

        try (RawClient client = site.client()) {
            String head = RawClient.head("POST", MESSAGES, "Content-Length: 5000") + "\r\n";
            RawAnswer answer = client.send(head).send(garbage).answer();

            refused(answer, 400, Dialect.ANTHROPIC, "JSON");
        }
    }

    @Test
    void targetOfTheOtherDialect_isNamedAsSuch() {
        RawAnswer answer = site.post(MESSAGES, HEALTHY);

        refused(answer, 404, Dialect.ANTHROPIC, "\"coder\" speaks the openai dialect");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/chat/completions,      405, POST, ''",
        "PUT,    /v1/messages,              405, POST, ''",
        "DELETE, /v1/messages/count_tokens, 405, POST, ''",
        "POST,   /v1/models,                405, GET,  ''",
        "POST,   /health,                   405, GET,  ''",
        "PATCH,  /ready,                    405, GET,  ''",
        "TRACE,  /v1/embeddings,            405, POST, ''",
        "POST,   /v1/v1/chat/completions,   404, '',   did you mean /v1/chat/completions?",
        "POST,   /chat/completions,         404, '',   did you mean /v1/chat/completions?",
        "POST,   /v1/v1/messages,           404, '',   did you mean /v1/messages?",
        "POST,   /v1/chat/completions/,     404, '',   did you mean /v1/chat/completions?",
        "POST,   /v1/messages//,            404, '',   did you mean /v1/messages?",
        "POST,   /messages,                 404, '',   did you mean /v1/messages?",
        "GET,    /models,                   404, '',   did you mean /v1/models?",
        "POST,   /completions,              404, '',   did you mean /v1/completions?",
        "POST,   /tag/a%20b/v1/messages,    404, '',   a tag in a path is",
        "GET,    /v1/models/,               404, '',   did you mean /v1/models?",
        "GET,    /health/,                  404, '',   did you mean /health?",
        "POST,   /v1/responses,             404, '',   served are",
        "GET,    /,                         404, '',   served are",
        "GET,    /v1/models/none,           404, '',   see /v1/models",
        "GET,    /v1/modelsx,               404, '',   served are",
        "POST,   /v1/%zz,                   404, '',   served are",
        "POST,   /v1/chat%2fcompletions,    404, '',   served are",
        "POST,   /%00%ff/..//,              404, '',   served are"
    })
    void wrongMethodOrPath_isToldWhatToUse(
            String method, String path, int status, String allowed, String said) {
        RawAnswer answer =
                site.exchange(RawClient.head(method, path, "Content-Length: 0") + "\r\n");

        Dialect dialect = path.startsWith(MESSAGES) ? Dialect.ANTHROPIC : Dialect.OPENAI;
        refused(answer, status, dialect, said);
        assertThat(answer.header("allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "x-ebbgate-timeout-first-token, soon",
        "x-ebbgate-timeout-first-token, 30",
        "x-ebbgate-timeout-connect,     0",
        "x-ebbgate-timeout-connect,     0s",
        "x-ebbgate-timeout-request,     off",
        "x-ebbgate-timeout-request,     3h",
        "x-ebbgate-timeout-stream-idle, 4s",
        "x-ebbgate-timeout-stream-idle, 3m",
        "x-ebbgate-timeout-no-progress, -1s",
        "x-ebbgate-timeout-no-progress, 21m",
        "x-ebbgate-timeout-attempt,     9999999999999999h",
        "x-ebbgate-timeout-attempt,     ''",
        "x-ebbgate-deadline,            0",
        "x-ebbgate-deadline,            0s",
        "x-ebbgate-deadline,            off",
        "x-ebbgate-deadline,            90"
    })
    void limitThatCannotBeFollowed_isRefusedByItsHeadersName(String name, String value) {
        String header = name + ": " + value;

        RawAnswer answer = site.post(CHAT, HEALTHY, header);

        refused(answer, 400, Dialect.OPENAI, "header " + name + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "X-Ebbgate-Timeout-Firsttoken,  x-ebbgate-timeout-first-token",
        "x-ebbgate-timeout-stream_idle, x-ebbgate-timeout-stream-idle",
        "x-ebbgate-timeout-total,       one of x-ebbgate-timeout-connect",
    })
    void limitOfNoSuchName_isRefusedWithTheNearOne(String name, String advice) {
        RawAnswer answer = site.post(CHAT, HEALTHY, name + ": 30s");

        String header = "header " + name.toLowerCase(Locale.ROOT);
        refused(answer, 400, Dialect.OPENAI, header + ": no limit of that name; write " + advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-ebbgate-timeout-request", "x-ebbgate-deadline"})
    void limitThatIsGivenTwice_isRefused(String name) {
        RawAnswer answer = site.post(CHAT, HEALTHY, name + ": 20s", name + ": 30s");

        refused(answer, 400, Dialect.OPENAI, "header " + name + ": given 2 times; write it once");
    }

    @ParameterizedTest
    @MethodSource("goodLimits")
    void limitThatCanBeFollowed_isAccepted(String header) {
        assertThat(site.post(CHAT, HEALTHY, header).status()).isEqualTo(200);
    }

    static Stream<String> goodLimits() {
        return Stream.of(
                "x-ebbgate-timeout-first-token: 30s",
                "X-Ebbgate-Timeout-Request: 1h30m",
                "x-ebbgate-timeout-stream-idle:  5s ",
                "x-ebbgate-timeout-attempt: 10m",
                "x-ebbgate-deadline: 90s",
                "x-ebbgate-deadline: 100h");
    }

    @ParameterizedTest
    @CsvSource({"gzip", "br", "'gzip, identity'", "zstd"})
    void encodedBody_isRefused(String encoding) {
        RawAnswer answer = site.post(MESSAGES, HEALTHY, "Content-Encoding: " + encoding);

        refused(answer, 415, Dialect.ANTHROPIC, "Content-Encoding");
    }

    @Test
    void identityBody_isAccepted() {
        assertThat(site.post(CHAT, HEALTHY, "Content-Encoding: identity").status()).isEqualTo(200);
    }
}
