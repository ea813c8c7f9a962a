package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.Leaks;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RecordingProvider;
import dev.ebbgate.gateway.site.RecordingProvider.Received;
import dev.ebbgate.gateway.site.Site;

import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a provider gets of a request, and a client of an answer: bytes, headers, names.
class ForwardingTest {

    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final String OWN = Leaks.SECRET + "-gateway";
    private static final String THEIRS = Leaks.SECRET + "-of-the-client";
    private static final String FIXED = Leaks.SECRET + "-of-the-provider";

    private static RecordingProvider openAi;
    private static RecordingProvider anthropic;
    private static Site site;

    @BeforeAll
    static void open() {
        openAi =
                new RecordingProvider(
                        RecordingProvider.EMBEDDINGS,
                        "openai-organization: acme",
                        "x-ratelimit-remaining-requests: 7",
                        "x-request-id: req_1",
                        "Connection: keep-alive, X-Hop",
                        "X-Hop: 1",
                        "Keep-Alive: timeout=5",
                        "Set-Cookie: " + Leaks.SECRET + "=1",
                        "Server: theirs",
                        "Strict-Transport-Security: max-age=1");
        anthropic = new RecordingProvider(RecordingProvider.COUNT, "request-id: req_2");
        site =
                Site.open(
                        """
                        auth: {keys: {agents: "${OWN}"}}
                        providers:
                          plain:  {dialect: openai, base-url: "${O}/v1"}
                          fixed:
                            dialect: openai
                            base-url: "${O}/a/b/v1"
                            api-key: "${FIXED}"
                            headers: {X-Team: "${FIXED}", OpenAI-Project: ours}
                          pass:   {dialect: openai, base-url: "${O}/v1", api-key: pass-through}
                          claude: {dialect: anthropic, base-url: "${A}", api-key: "${FIXED}"}
                          cpass:  {dialect: anthropic, base-url: "${A}", api-key: pass-through}
                        routes:
                          coder:       {targets: [plain/deep/model-x]}
                          plain/taken: {targets: [fixed/other]}
                          "gpt-*":     {targets: ["plain/*"]}
                          "gpt-4-*":   {targets: [plain/four]}
                          "vendor/*":  {targets: ["fixed/*"]}
                          "Grüße \\"x\\"": {targets: ["plain/q\\"uo\\\\te é"]}
                        """,
                        Map.of(
                                "O",
                                openAi.url(),
                                "A",
                                anthropic.url(),
                                "OWN",
                                OWN,
                                "FIXED",
                                FIXED));
    }

    @AfterEach
    void settle() {
        site.settle();
    }

    @AfterAll
    static void close() {
        site.close();
        openAi.close();
        anthropic.close();
    }

    private static Received toOpenAi(String model, String... headers) {
        RawAnswer answer = site.post(EMBEDDINGS, body(model), keyed(headers));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return openAi.next();
    }

    private static Received toAnthropic(String model, String... headers) {
        String path = "/v1/messages/count_tokens";
        RawAnswer answer = site.post(path, body(model), keyed(headers));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return anthropic.next();
    }

    private static String[] keyed(String... headers) {
        String[] all = List.of(headers).toArray(new String[headers.length + 1]);
        all[headers.length] = "x-api-key: " + OWN;
        return all;
    }

    private static String body(String model) {
        return "{\"model\":\"" + model + "\",\"input\":\"" + Leaks.PROMPT + "\"}";
    }

    private static void hasNoSecret(Received received) {
        assertThat(received.headers().toString()).doesNotContain(Leaks.SECRET);
    }

    @Test
    void credentialsOfTheClient_stayHere() {
        Received received =
                toOpenAi(
                        "plain/m",
                        "Authorization: Bearer " + THEIRS,
                        "Proxy-Authorization: Basic " + THEIRS,
                        "Cookie: a=" + THEIRS,
                        "api-key: " + THEIRS,
                        "x-goog-api-key: " + THEIRS);

        hasNoSecret(received);
    }

    @Test
    void credentialsUnderPassThrough_arePassedOnButNeverTheGatewaysKey() {
        Received bearer = toOpenAi("pass/m", "Authorization: Bearer " + THEIRS, "Cookie: a=b");
        Received both = toAnthropic("cpass/m", "Authorization: Bearer " + OWN);

        assertThat(bearer.all("authorization")).containsExactly("Bearer " + THEIRS);
        assertThat(bearer.all("x-api-key")).isEmpty();
        assertThat(bearer.all("cookie")).isEmpty();
        hasNoSecret(both);
    }

    @Test
    void keyOfTheProvider_isSentInItsDialect() {
        Received received = toOpenAi("fixed/m", "Authorization: Bearer " + THEIRS);
        Received other = toAnthropic("claude/m", "Authorization: Bearer " + THEIRS);

        assertThat(received.all("authorization")).containsExactly("Bearer " + FIXED);
        assertThat(received.all("x-api-key")).isEmpty();
        assertThat(other.all("x-api-key")).containsExactly(FIXED);
        assertThat(other.all("authorization")).isEmpty();
    }

    @Test
    void headersOfTheDialect_areVerbatim() {
        Received received =
                toAnthropic(
                        "claude/m",
                        "anthropic-version: 2026-10-21",
                        "Anthropic-Beta: a-1, b-2",
                        "anthropic-beta: c-3",
                        "User-Agent: me/1.0",
                        "X-Stainless-Lang: js");
        Received other =
                toOpenAi("plain/m", "OpenAI-Organization: org-1", "openai-beta: assistants=v2");

        assertThat(received.all("anthropic-version")).containsExactly("2026-10-21");
        assertThat(received.all("anthropic-beta")).containsExactly("a-1, b-2", "c-3");
        assertThat(received.all("user-agent")).containsExactly("me/1.0");
        assertThat(received.all("x-stainless-lang")).containsExactly("js");
        assertThat(other.all("openai-organization")).containsExactly("org-1");
        assertThat(other.all("openai-beta")).containsExactly("assistants=v2");
    }

    @Test
    void headersOfTheProvider_winOverTheClients() {
        Received received = toOpenAi("fixed/m", "OpenAI-Project: mine", "x-team: mine");

        assertThat(received.all("openai-project")).containsExactly("ours");
        assertThat(received.all("x-team")).containsExactly(FIXED);
        assertThat(received.line()).startsWith("POST /a/b/v1/embeddings HTTP/1.1");
    }

    @Test
    void headersOfOneConnection_stayOnIt() {
        Received received =
                toOpenAi(
                        "plain/m",
                        "Connection: keep-alive, X-Listed , close-notify",
                        "Connection: x-second",
                        "X-Listed: 1",
                        "X-Second: 2",
                        "Keep-Alive: timeout=9",
                        "TE: trailers",
                        "Proxy-Connection: keep-alive",
                        "Accept-Encoding: gzip, br",
                        "Forwarded: for=10.0.0.1",
                        "X-Forwarded-For: 10.0.0.1",
                        "X-Real-IP: 10.0.0.1",
                        "x-ebbgate-deadline: 1m",
                        "x-ebbgate-tag: t");

        assertThat(received.headers())
                .extracting(
                        header -> header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT))
                .containsExactlyInAnyOrder(
                        "host", "content-type", "content-length", "accept-encoding");
        assertThat(received.all("accept-encoding")).containsExactly("identity");
        assertThat(openAi.url()).endsWith(received.all("host").getFirst());
    }

    @Test
    void answer_carriesTheProvidersHeadersAndOurs() {
        RawAnswer answer = site.post(EMBEDDINGS, body("coder"), keyed());
        openAi.next();

        assertThat(answer.text()).isEqualTo(RecordingProvider.EMBEDDINGS);
        assertThat(answer.header("openai-organization")).isEqualTo("acme");
        assertThat(answer.header("x-ratelimit-remaining-requests")).isEqualTo("7");
        assertThat(answer.header("x-request-id")).isEqualTo("req_1");
        assertThat(answer.header("x-ebbgate-id")).startsWith("ebb-");
        assertThat(answer.header("x-ebbgate-target")).isEqualTo("plain/deep/model-x");
        assertThat(answer.header("x-ebbgate-attempts")).isEqualTo("1");
        assertThat(answer.header("content-length")).isEqualTo("" + answer.body().length());
        assertThat(answer.headers())
                .doesNotContainKeys("x-hop", "keep-alive", "set-cookie", "server", "connection")
                .doesNotContainKeys("strict-transport-security", "transfer-encoding");
    }

    @Test
    void query_isForwardedAsItIs() {
        String path = EMBEDDINGS + "?api-version=2026-01-01&x=%2F%20a&&flag";

        site.post(path, body("plain/m"), keyed());

        assertThat(openAi.next().line())
                .isEqualTo("POST /v1/embeddings?api-version=2026-01-01&x=%2F%20a&&flag HTTP/1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "plain/m,          /v1/,   m",
        "plain/a/b/c,      /v1/,   a/b/c",
        "plain/sim:x=1;y,  /v1/,   sim:x=1;y",
        "coder,            /v1/,   deep/model-x",
        "plain/taken,      /a/b/,  other",
        "gpt-5,            /v1/,   gpt-5",
        "gpt-4-turbo,      /v1/,   four",
        "vendor/llama/70b, /a/b/,  vendor/llama/70b",
        "fixed/coder,      /a/b/,  coder"
    })
    void name_isSplitAtItsFirstSlashUnlessItIsARoute(String asked, String base, String model) {
        Received received = toOpenAi(asked);

        assertThat(received.line()).startsWith("POST " + base);
        assertThat(received.text()).isEqualTo(body(model));
    }

    @Test
    void nothingButTheModel_isTouched() {
        String before = " {\r\n\t\"metadata\" : {\"model\":\"coder\"} , \"n\":1.0e0,\"mödel\":1,";
        String after = ",\"é\":\"\\u00e9\\/\",\"input\":[\"" + Leaks.PROMPT + "\"]  } \n";
        String key = "\"model\"  :\t";

        site.post(EMBEDDINGS, before + key + "\"c\\u006fder\"" + after, keyed());

        Buffer expected = Buffer.buffer(before + key + "\"deep/model-x\"" + after);
        assertThat(openAi.next().body()).isEqualTo(expected);
    }

    @Test
    void nameThatNeedsEscapes_isWrittenWithThem() {
        site.post(EMBEDDINGS, "{\"model\":\"Gr\\u00fc\u00dfe \\\"x\\\"\"}", keyed());

        assertThat(openAi.next().text()).isEqualTo("{\"model\":\"q\\\"uo\\\\te é\"}");
    }
}
