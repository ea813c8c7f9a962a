package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.EventKind.COMMENT;
import static dev.ebbgate.dialects.EventKind.DELTA;
import static dev.ebbgate.dialects.EventKind.DONE;
import static dev.ebbgate.dialects.EventKind.DROP;
import static dev.ebbgate.dialects.EventKind.ERROR;
import static dev.ebbgate.dialects.EventKind.FINISH;
import static dev.ebbgate.dialects.EventKind.MALFORMED;
import static dev.ebbgate.dialects.EventKind.OVERSIZED;
import static dev.ebbgate.dialects.EventKind.PREAMBLE;
import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

class EventReaderTest {

    private static final String HELLO =
            "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Arguments> FRAMING =
            List.of(
                    row(COMMENT, ": keep-alive\n\n"),
                    row(COMMENT, ":\n\n"),
                    row(COMMENT, ": a\n: b\r\n\r\n"),
                    row(DROP, "\n"),
                    row(DROP, "event: ping\n\n"),
                    row(DROP, "id: 7\n\n"),
                    row(DROP, "retry: 1000\n\n"),
                    row(DROP, ": a comment\nid: 7\n\n"),
                    row(DROP, "data\n\n"),
                    row(DROP, "data:\n\n"),
                    row(DROP, "data: \n\n"),
                    row(DROP, "datax: {}\n\n"),
                    row(DROP, "event: ping\ndata: {}\n\n"),
                    row(DONE, "data: [DONE]\n\n"),
                    row(DONE, "data:[DONE]\n\n"),
                    row(DONE, "data: [DONE] \n\n"),
                    row(DELTA, HELLO),
                    row(DELTA, HELLO.replace("data: ", "data:")),
                    row(DELTA, HELLO.replace("data: ", "data:  ")),
                    row(DELTA, "id: 1\nevent: message\n: c\nretry: 5\n" + HELLO),
                    row(
                            DELTA,
                            "data: {\"choices\":\ndata: [{\"text\":\n: c\ndata\ndata:\"x\"}]}\n\n"),
                    row(MALFORMED, "data: {\"choices\":[{\"text\":\"a\ndata: b\"}]}\n\n"));

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Arguments> OPENAI =
            List.of(
                    row(PREAMBLE, "{\"choices\":[]}"),
                    row(PREAMBLE, "{\"choices\":null,\"usage\":{\"prompt_tokens\":1}}"),
                    row(PREAMBLE, "{\"choices\":[{\"index\":0,\"delta\":null}],\"error\":null}"),
                    row(PREAMBLE, delta("\"role\":\"assistant\"")),
                    row(PREAMBLE, delta("\"tool_calls\":[],\"annotations\":[ ],\"x\":{ },\"y\":1")),
                    row(PREAMBLE, delta("\"tool_calls\":[{\"index\":0,\"id\":\"a\"}]")),
                    row(PREAMBLE, delta("\"function_call\":{\"arguments\":\"\"}")),
                    row(PREAMBLE, "{\"choices\":[{\"delta\":{},\"finish_reason\":\"\"}]}"),
                    row(DELTA, delta("\"function_call\":{\"name\":\"f\"}")),
                    row(DELTA, delta("\"tool_calls\":[{\"custom\":{\"input\":\"x\"}}]")),
                    row(DELTA, delta("\"audio\":{\"data\":\"UklG\"}")),
                    row(DELTA, delta("\"reasoning_details\":[{\"text\":\"x\"}]")),
                    row(DELTA, delta("\"content\":[{\"type\":\"text\"}]")),
                    row(DELTA, "{\"\\u0063hoices\":[{\"delta\":{\"content\":\"x\"}}]}"),
                    row(FINISH, "{\"choices\":[{\"finish_reason\":\"stop\",\"delta\":{}}]}"),
                    row(FINISH, "{\"choices\":[{\"finish_reason\":\"stop\",\"text\":\"x\"}]}"),
                    row(ERROR, "{\"error\":{\"message\":\"m\"}}"),
                    row(ERROR, "{\"error\":\"m\",\"choices\":[]}"),
                    row(ERROR, "{\"error\":{},\"choices\":[]}"),
                    row(ERROR, "{\"error\":true,\"choices\":[]}"),
                    row(ERROR, "{\"error\":500,\"choices\":[]}"),
                    row(PREAMBLE, "{\"error\":\"\",\"choices\":[]}"),
                    row(PREAMBLE, "{\"error\":false,\"choices\":[]}"),
                    row(PREAMBLE, "{\"error\": 0,\"choices\":[]}"),
                    row(ERROR, "{\"object\":\"error\",\"message\":\"m\",\"code\":400}"),
                    row(MALFORMED, "{}"),
                    row(MALFORMED, "[]"),
                    row(MALFORMED, "null"),
                    row(MALFORMED, "hello"),
                    row(MALFORMED, "<html>"),
                    row(MALFORMED, "{\"id\":\"x\"}"),
                    row(MALFORMED, "{\"choices\":{}}"),
                    row(MALFORMED, "{\"choices\":[]"),
                    row(MALFORMED, "{\"choices\":[}"),
                    row(MALFORMED, "{\"choices\":[]}}"),
                    row(MALFORMED, "{\"choices\":[]} {\"choices\":[]}"),
                    row(MALFORMED, "{\"choices\":[{\"delta\":{\"content\":\"x}]}"),
                    row(MALFORMED, "{\"error\":{\"message\":\"m\"}"),
                    row(MALFORMED, "[".repeat(600) + "]".repeat(600)));

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Arguments> ANTHROPIC =
            List.of(
                    row(COMMENT, "data: {\"type\": \"ping\"}\n\n"),
                    row(COMMENT, "event: ping\ndata: {}\n\n"),
                    row(DONE, "event: x\ndata: {\"type\":\"message_stop\"}\n\n"),
                    row(DROP, "data: [DONE]\n\n"),
                    row(DROP, "event: ping\n\n"),
                    row(ERROR, "event: error\ndata: {\"message\":\"m\"}\n\n"),
                    row(ERROR, "event: error\ndata: {\"type\":\"overloaded_error\"}\n\n"),
                    row(ERROR, "data: {\"error\":{\"type\":\"api_error\"}}\n\n"),
                    row(PREAMBLE, "event: ping\ndata: {\"type\":\"brand_new\"}\n\n"),
                    row(PREAMBLE, "event: content_block_delta\ndata: {\"index\":0}\n\n"),
                    row(
                            DELTA,
                            "data:"
                                + " {\"delta\":{\"text\":\"x\"},\"type\":\"content_block_delta\"}\n\n"),
                    row(MALFORMED, "data: {}\n\n"),
                    row(MALFORMED, "event: unheard\ndata: {\"type\":7}\n\n"),
                    row(MALFORMED, "event: ping\ndata: {\n\n"));

    @ParameterizedTest
    @FieldSource("FRAMING")
    void framedEvent_isOfItsKind(EventKind kind, String event) {
        assertThat(Recording.of(CHAT_COMPLETIONS, event).events())
                .containsExactly(new Recording.Event(kind, event));
    }

    @ParameterizedTest
    @FieldSource("OPENAI")
    void openAiChunk_isOfItsKind(EventKind kind, String chunk) {
        assertThat(Recording.of(CHAT_COMPLETIONS, "data: " + chunk + "\n\n").kinds())
                .containsExactly(kind);
    }

    @ParameterizedTest
    @FieldSource("ANTHROPIC")
    void anthropicEvent_isOfItsKind(EventKind kind, String event) {
        assertThat(Recording.of(MESSAGES, event).kinds()).containsExactly(kind);
    }

    @Test
    void strayBlankLines_areDroppedOneByOne() {
        Recording recording = Recording.of(CHAT_COMPLETIONS, "\r\n\n" + HELLO + "\n");

        assertThat(recording.kinds()).containsExactly(DROP, DROP, DROP, DELTA, DROP);
    }

    @Test
    void unfinishedTail_isNeverHandedOut() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, 1000);
        byte[] stream = (HELLO + HELLO.substring(0, HELLO.length() - 1)).getBytes(UTF_8);

        Recording recording = Recording.of(reader, stream, 10);

        assertThat(recording.text()).isEqualTo(HELLO);
        assertThat(reader.hasPartial()).isTrue();
        assertThat(reader.carriedBytes()).isEqualTo(HELLO.length() - 1);
    }

    @Test
    void loneCarriageReturns_doNotHoldTheLastEvent() {
        Recording recording = Recording.of(CHAT_COMPLETIONS, "data: [DONE]\r\r");

        assertThat(recording.kinds()).containsExactly(DONE);
    }

    @Test
    void eventOfExactlyTheBound_isHandedOut() {
        byte[] stream = HELLO.getBytes(UTF_8);
        for (int cut = 0; cut < stream.length; cut++) {
            EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, stream.length);

            Recording recording = Recording.of(reader, stream, cut);

            assertThat(recording.kinds()).containsExactly(DELTA);
        }
    }

    @Test
    void eventAboveTheBound_isOversizedHoweverItIsCut() {
        byte[] stream = (": x\n\n" + HELLO + HELLO).getBytes(UTF_8);
        for (int cut = 0; cut < stream.length; cut++) {
            EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, HELLO.length() - 1);

            Recording recording = Recording.of(reader, stream, cut);

            assertThat(recording.kinds()).containsExactly(COMMENT, OVERSIZED);
            assertThat(recording.events().getLast().text()).isEmpty();
            assertThat(reader.feed(stream, 0, stream.length, recording)).isFalse();
        }
    }

    @Test
    void endlessEvent_isHeldOnlyUpToTheBound() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, 10_000);
        byte[] piece = "x".repeat(1000).getBytes(UTF_8);
        Recording recording = new Recording();

        int pieces = 0;
        while (reader.feed(piece, 0, piece.length, recording)) {
            pieces++;
        }

        assertThat(pieces).isEqualTo(10);
        assertThat(recording.kinds()).containsExactly(OVERSIZED);
    }

    @Test
    void longEventInPieces_costsNothingOnceItIsHandedOut() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, 1 << 22);
        String content = "\"content\":\"" + "x".repeat(1 << 20) + "\"";
        byte[] stream = ("data: " + delta(content) + "\n\n" + HELLO).getBytes(UTF_8);

        Recording recording = Recording.of(reader, stream, 1 << 19);

        assertThat(recording.kinds()).containsExactly(DELTA, DELTA);
        assertThat(reader.carryBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHAT_COMPLETIONS | {\"id\":\"x\"}      | an event has no choices",
                "CHAT_COMPLETIONS | {\"choices\":[}     | an event is not valid JSON",
                "CHAT_COMPLETIONS | hello               | an event is not valid JSON",
                "CHAT_COMPLETIONS | [1]                 | an event is not a JSON object",
                "MESSAGES         | {\"id\":\"x\"}      | an event has no type",
                "MESSAGES         | {\"type\":\"ping\"  | an event is not valid JSON",
                "MESSAGES         | null                | an event is not a JSON object",
            })
    void malformedEvent_isWordedTruthfully(Operation operation, String data, String fault) {
        EventReader reader = new EventReader(operation, 1, 1000);
        byte[] stream = ("data: " + data + "\n\n").getBytes(UTF_8);

        Recording recording = Recording.of(reader, stream, 3);

        assertThat(recording.kinds()).containsExactly(MALFORMED);
        assertThat(reader.fault()).isEqualTo(fault);
    }

    @Test
    void sinkThatSaysStop_getsNothingMore() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, 1000);
        byte[] stream = HELLO.repeat(3).getBytes(UTF_8);
        int[] seen = {0};
        EventReader.Sink sink = (_, _, _, _) -> ++seen[0] < 2;

        boolean goesOn = reader.feed(stream, 0, stream.length, sink);
        boolean goesOnLater = reader.feed(stream, 0, stream.length, sink);

        assertThat(goesOn).isFalse();
        assertThat(goesOnLater).isFalse();
        assertThat(seen[0]).isEqualTo(2);
    }

    @Test
    void wholeEventInThePiece_isHandedOutInPlace() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, 1000);
        byte[] stream = ("....." + HELLO).getBytes(UTF_8);
        AtomicReference<byte[]> handed = new AtomicReference<>();
        EventReader.Sink sink =
                (_, bytes, from, to) -> {
                    handed.set(bytes);
                    return from == 5 && to == bytes.length;
                };

        boolean rangeIsTheEvent = reader.feed(stream, 5, stream.length, sink);

        assertThat(handed.get()).isSameAs(stream);
        assertThat(rangeIsTheEvent).isTrue();
    }

    @Test
    void errorInTheStream_isKept() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 1, 1000);
        byte[] stream = "data: {\"error\":{\"type\":\"t\",\"code\":429}}\n\n".getBytes(UTF_8);

        Recording.of(reader, stream, 20);

        ProviderError error = Objects.requireNonNull(reader.error());
        assertThat(error.type()).isEqualTo("t");
        assertThat(error.status()).isEqualTo(429);
    }

    @Test
    void choiceOfAbsurdIndex_costsNoMemory() {
        EventReader reader = new EventReader(CHAT_COMPLETIONS, 2, 1000);
        String chunk =
                "data: {\"choices\":[{\"index\":2147483647,\"finish_reason\":\"stop\"}]}\n\n";

        Recording recording = Recording.of(reader, chunk.getBytes(UTF_8), 0);

        assertThat(recording.kinds()).containsExactly(DELTA);
    }

    private static String delta(String members) {
        return "{\"choices\":[{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}]}";
    }

    private static Arguments row(EventKind kind, String text) {
        return Arguments.of(kind, text);
    }
}
