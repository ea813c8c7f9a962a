package dev.ebbgate.dialects;

import static dev.ebbgate.core.config.Dialect.ANTHROPIC;
import static dev.ebbgate.core.config.Dialect.OPENAI;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.limit.Phase;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorWriterTest {

    private static final String[] TEN = {
        "exchange", "fault", "phase", "limit", "value",
        "source", "elapsed_ms", "target", "attempt", "committed"
    };

    private static final ErrorReport STALLED =
            new ErrorReport(
                    ErrorKind.LIMIT,
                    504,
                    "no token for 3.01s",
                    new Cut("stream-idle", "3s", "routes.coder.timeouts.stream-idle"),
                    new Place("ex-1", Phase.STREAM, "openai/gpt-x", 1, 2, 17, true),
                    3_010_900_000L);

    private static final ErrorReport REFUSED =
            new ErrorReport(
                    ErrorKind.STREAM_ERROR,
                    502,
                    "a \"strange\" one \\ \n\r\t\u0001\u2028\u2029\u007f😀",
                    null,
                    Place.atTheDoor("ex-2"),
                    0);

    @Test
    void openAiBody_isWrittenOut() {
        assertThat(text(ErrorWriter.body(OPENAI, STALLED)))
                .isEqualTo(
                        """
                        {"error":{"message":"no token for 3.01s","type":"timeout_error",\
                        "param":null,"code":"stream-idle","ebbgate":{"exchange":"ex-1",\
                        "fault":"provider","phase":"stream","limit":"stream-idle","value":"3s",\
                        "source":"routes.coder.timeouts.stream-idle","elapsed_ms":3010,\
                        "target":"openai/gpt-x","attempt":1,"committed":true}}}\
                        """);
    }

    @Test
    void anthropicFrame_isWrittenOut() {
        assertThat(text(ErrorWriter.frame(ANTHROPIC, STALLED)))
                .isEqualTo(
                        """
                        event: error
                        data: {"type":"error","error":{"type":"timeout_error",\
                        "message":"no token for 3.01s","ebbgate":{"exchange":"ex-1",\
                        "fault":"provider","phase":"stream","limit":"stream-idle","value":"3s",\
                        "source":"routes.coder.timeouts.stream-idle","elapsed_ms":3010,\
                        "target":"openai/gpt-x","attempt":1,"committed":true}},\
                        "request_id":"ex-1"}

                        """);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void bodyAndFrame_carryTheSameTenMembersInOrder(Dialect dialect) {
        String body = text(ErrorWriter.body(dialect, REFUSED));
        String frame = text(ErrorWriter.frame(dialect, REFUSED));

        assertThat(StrictJson.at(body, "error", "ebbgate"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys((Object[]) TEN)
                .containsEntry("exchange", "ex-2")
                .containsEntry("limit", null)
                .containsEntry("value", null)
                .containsEntry("source", null)
                .containsEntry("target", null)
                .containsEntry("attempt", null)
                .containsEntry("committed", false)
                .extracting(members -> members.keySet().toArray())
                .isEqualTo(TEN);
        assertThat(frame).endsWith("data: " + body + "\n\n");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void strangeMessage_isEscapedOnOneLine(Dialect dialect) {
        String body = text(ErrorWriter.body(dialect, REFUSED));

        assertThat(StrictJson.at(body, "error", "message")).isEqualTo(REFUSED.message());
        assertThat(body).doesNotContainPattern("[\\x00-\\x1f\\x7f\u2028\u2029]");
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void everyKind_isReadAsAnErrorInBothDialects(ErrorKind kind) {
        ErrorReport report =
                new ErrorReport(kind, kind.status(), "m", null, Place.atTheDoor("x"), 1);

        for (Dialect dialect : Dialect.values()) {
            assertThat(ProviderError.read(dialect, ErrorWriter.body(dialect, report))).isPresent();
        }
        assertThat(
                        Recording.of(
                                        Operation.CHAT_COMPLETIONS,
                                        text(ErrorWriter.frame(OPENAI, report)))
                                .kinds())
                .containsExactly(EventKind.ERROR);
        assertThat(
                        Recording.of(Operation.MESSAGES, text(ErrorWriter.frame(ANTHROPIC, report)))
                                .kinds())
                .containsExactly(EventKind.ERROR);
    }

    @ParameterizedTest
    @CsvSource({
        "LIMIT, timeout_error, timeout_error",
        "RESET, upstream_error, api_error",
        "OVERLOADED, upstream_error, overloaded_error",
        "INTERNAL, upstream_error, api_error",
        "BAD_REQUEST, invalid_request_error, invalid_request_error",
        "UNAUTHENTICATED, authentication_error, authentication_error",
        "FORBIDDEN, authentication_error, permission_error",
        "MODEL_NOT_FOUND, invalid_request_error, not_found_error",
        "METHOD_NOT_ALLOWED, invalid_request_error, invalid_request_error",
        "REQUEST_TIMEOUT, invalid_request_error, invalid_request_error",
        "TOO_LARGE, invalid_request_error, request_too_large",
        "HEADER_TOO_LARGE, invalid_request_error, invalid_request_error"
    })
    void kind_hasItsTypeInEachDialect(ErrorKind kind, String openAi, String anthropic) {
        ErrorReport report =
                new ErrorReport(kind, kind.status(), "m", null, Place.atTheDoor("x"), 1);

        assertThat(StrictJson.at(text(ErrorWriter.body(OPENAI, report)), "error", "type"))
                .isEqualTo(openAi);
        assertThat(StrictJson.at(text(ErrorWriter.body(ANTHROPIC, report)), "error", "type"))
                .isEqualTo(anthropic);
    }

    @ParameterizedTest
    @CsvSource({"429, rate_limit_error", "529, overloaded_error", "500, api_error"})
    void providersStatus_givesTheAnthropicType(int status, String type) {
        ErrorReport report =
                new ErrorReport(ErrorKind.STATUS, status, "m", null, Place.atTheDoor("x"), 1);

        assertThat(StrictJson.at(text(ErrorWriter.body(ANTHROPIC, report)), "error", "type"))
                .isEqualTo(type);
    }

    @Test
    void providersOwnError_keepsItsMembersAndGetsOurs() {
        String theirs = "{ \"error\": {\r\n \"message\": \"m}\", \"code\": 429 },\n \"x\": [1] }";

        String frame = text(ErrorWriter.providerFrame(OPENAI, error(OPENAI, theirs), STALLED));

        assertThat(frame)
                .startsWith(
                        "data: { \"error\": {   \"message\": \"m}\", \"code\": 429 ,\"ebbgate\":{")
                .endsWith("}},  \"x\": [1] }\n\n");
        assertThat(StrictJson.at(frame.substring(6), "error", "ebbgate"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys((Object[]) TEN);
    }

    @Test
    void providersEmptyErrorObject_getsOurs() {
        String theirs = "{\"type\":\"error\",\"error\":{ }}";

        String body = text(ErrorWriter.providerBody(ANTHROPIC, error(ANTHROPIC, theirs), STALLED));

        assertThat(body).startsWith("{\"type\":\"error\",\"error\":{ \"ebbgate\":{\"exchange\"");
        assertThat(StrictJson.accepts(body)).isTrue();
    }

    @Test
    void otherEbbgateUpstream_isReplacedByOurs() {
        byte[] theirs = ErrorWriter.body(OPENAI, REFUSED);
        ProviderError error = ProviderError.read(OPENAI, theirs).orElseThrow();

        String body = text(ErrorWriter.providerBody(OPENAI, error, STALLED));

        assertThat(body).containsOnlyOnce("\"ebbgate\"");
        assertThat(StrictJson.at(body, "error", "ebbgate", "exchange")).isEqualTo("ex-1");
        assertThat(StrictJson.at(body, "error", "message")).isEqualTo(REFUSED.message());
    }

    @Test
    void providersErrorWithoutObject_isQuotedInOurs() {
        String theirs = "{\"error\":\"boom\\n" + "x".repeat(1000) + "\"}";

        String body = text(ErrorWriter.providerBody(OPENAI, error(OPENAI, theirs), STALLED));

        assertThat(StrictJson.at(body, "error", "message"))
                .isEqualTo("no token for 3.01s; the provider says: boom\n" + "x".repeat(495));
        assertThat(StrictJson.at(body, "error", "code")).isEqualTo("stream-idle");
    }

    @Test
    void fixedFrames_areNeutralOrTheEnd() {
        for (Operation operation : new Operation[] {Operation.MESSAGES, Operation.COMPLETIONS}) {
            Dialect dialect = operation.dialect();
            String frames = text(Ending.keepAlive(dialect)) + text(Ending.done(dialect));

            assertThat(Recording.of(operation, frames).kinds())
                    .containsExactly(EventKind.COMMENT, EventKind.DONE);
        }
    }

    private static ProviderError error(Dialect dialect, String json) {
        return ProviderError.read(dialect, json.getBytes(UTF_8)).orElseThrow();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
