package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Assembler.Result.MALFORMED;
import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;

/// Streams put together, against the answers that the providers give when no stream is asked for.
class AssemblerTest {

    private static final long ROOM = 1 << 20;

    /// A stream, and beside it in a file the whole answer.
    record Row(String file, Operation operation, int choices) {

        byte[] stream() {
            return Golden.read(file + ".sse");
        }

        String whole() {
            return new String(Golden.read(file + ".json"), UTF_8);
        }
    }

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Row> ROWS =
            List.of(
                    new Row("openai-text", CHAT_COMPLETIONS, 1),
                    new Row("openai-tools", CHAT_COMPLETIONS, 1),
                    new Row("openai-reasoning", CHAT_COMPLETIONS, 1),
                    new Row("openai-azure", CHAT_COMPLETIONS, 1),
                    new Row("openai-two-choices", CHAT_COMPLETIONS, 2),
                    new Row("openai-logprobs", CHAT_COMPLETIONS, 1),
                    new Row("openai-many-tools", CHAT_COMPLETIONS, 2),
                    new Row("openai-whole-tools", CHAT_COMPLETIONS, 1),
                    new Row("openai-completions", COMPLETIONS, 1),
                    new Row("openai-two-completions", COMPLETIONS, 2),
                    new Row("anthropic-text", MESSAGES, 1),
                    new Row("anthropic-tools", MESSAGES, 1),
                    new Row("anthropic-thinking", MESSAGES, 1),
                    new Row("anthropic-server-tools", MESSAGES, 1));

    @ParameterizedTest
    @FieldSource("ROWS")
    void streamCutAnywhere_isTheWholeAnswer(Row row) {
        byte[] stream = row.stream();
        Object expected = StrictJson.parse(row.whole());
        for (int cut = 0; cut < stream.length; cut++) {

            byte[] answer = assembled(row, stream, cut);

            assertThat(StrictJson.parse(new String(answer, UTF_8)))
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void assembledAnswer_passesTheCheckOfBufferedAnswers(Row row) {
        byte[] stream = row.stream();

        byte[] answer = assembled(row, stream, stream.length);

        assertThat(AnswerCheck.check(row.operation, answer, 0, answer.length))
                .isInstanceOf(AnswerCheck.Good.class);
    }

    @ParameterizedTest
    @FieldSource("ROWS")
    void answerBeyondTheBound_isRefusedAndHoldsNoMore(Row row) {
        byte[] stream = row.stream();
        Assembler assembler = Assembler.of(row.operation, 300);

        List<Assembler.Result> results = Assembling.feed(assembler, row, stream, stream.length);

        assertThat(results).endsWith(Assembler.Result.FULL).doesNotContain(MALFORMED);
        assertThat(assembler.heldBytes()).isBetween(300L, 2000L);
    }

    @Test
    void heldBytes_coverTheText() {
        Assembler assembler = Assembler.of(CHAT_COMPLETIONS, ROOM);
        String token = "x".repeat(1000);
        for (int i = 0; i < 100; i++) {

            chat(assembler, "{\"content\":\"" + token + "\"}");
        }

        assertThat(assembler.heldBytes()).isBetween(100_000L, 101_000L);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"content\":\"a\"}              | {\"content\":null}   | \"a\"",
                "{\"content\":null}               | {\"content\":\"a\"}  | \"a\"",
                "{\"content\":null}               | {\"content\":\"\"}   | \"\"",
                "{\"content\":\"a\"}              | {\"content\":[]}     | \"a\"",
                "{\"content\":[1]}                | {\"content\":\"a\"}  | \"a\"",
                "{\"content\":[1]}                | {\"content\":\"\"}   | [1]",
                "{\"content\":{\"a\":1}}          | {\"content\":null}   | {\"a\":1}",
                "{\"content\":\"\\ud83d\"}        | {\"content\":\"\\ude00\"} | \"\\ud83d\\ude00\"",
                "{\"content\":\"a\",\"content\":\"b\"} | {}              | \"ab\""
            })
    void contentOfTwoKinds_losesNothing(String first, String second, String content) {
        Assembler assembler = Assembler.of(CHAT_COMPLETIONS, ROOM);

        chat(assembler, first);
        chat(assembler, second);

        assertThat(new String(assembler.answer(), UTF_8)).contains("\"content\":" + content);
    }

    @Test
    void newIdForEachPieceOfACall_beginsNoOtherCall() {
        Assembler assembler = Assembler.of(CHAT_COMPLETIONS, ROOM);

        chat(assembler, call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\"}}"));
        chat(assembler, call("{\"index\":0,\"id\":\"b\",\"function\":{\"arguments\":\"{}\"}}"));

        assertThat(new String(assembler.answer(), UTF_8))
                .contains(
                        "\"tool_calls\":[{\"id\":\"b\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]");
    }

    @Test
    void callsThatComeOutOfOrder_standByTheirIndex() {
        Assembler assembler = Assembler.of(CHAT_COMPLETIONS, ROOM);

        for (int index : new int[] {2, 0, 1}) {
            chat(assembler, call("{\"index\":%1$d,\"id\":\"c%1$d\"}".formatted(index)));
        }

        assertThat(new String(assembler.answer(), UTF_8))
                .containsSubsequence("\"id\":\"c0\"", "\"id\":\"c1\"", "\"id\":\"c2\"");
    }

    @Test
    void deepNesting_isTakenWhole() {
        Assembler assembler = Assembler.of(CHAT_COMPLETIONS, ROOM);
        String deep = "{\"a\":".repeat(400) + "1" + "}".repeat(400);

        chat(assembler, "{\"content\":\"c\",\"deep\":" + deep + "}");

        assertThat(new String(assembler.answer(), UTF_8)).contains(deep);
    }

    @Test
    void escapedNames_areThoseTheyStandFor() {
        Assembler assembler = Assembler.of(CHAT_COMPLETIONS, ROOM);

        chat(assembler, "{\"c\\u006fntent\":\"a\"}");
        chat(assembler, "{\"content\":\"b\"}");

        assertThat(new String(assembler.answer(), UTF_8)).contains("\"content\":\"ab\"");
    }

    @Test
    void deltaOfNoBlock_isMalformed() {
        Assembler assembler = Assembler.of(MESSAGES, ROOM);
        byte[] event =
                JsonText.bytes(
                        "data: {\"type\":\"content_block_delta\",\"index\":7,"
                                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"t\"}}\n\n");

        Assembler.Result result = assembler.event(EventKind.DELTA, event, 0, event.length);

        assertThat(result).isEqualTo(MALFORMED);
    }

    @ParameterizedTest
    @EnumSource(names = {"EMBEDDINGS", "COUNT_TOKENS"})
    void operationWithoutStream_hasNoAssembler(Operation operation) {
        assertThatThrownBy(() -> Assembler.of(operation, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] assembled(Row row, byte[] stream, int cut) {
        Assembler assembler = Assembler.of(row.operation, ROOM);
        assertThat(Assembling.feed(assembler, row, stream, cut))
                .containsOnly(Assembler.Result.TAKEN);
        return assembler.answer();
    }

    private static String call(String call) {
        return "{\"tool_calls\":[" + call + "]}";
    }

    private static void chat(Assembler assembler, String delta) {
        byte[] event =
                JsonText.bytes("data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n");
        assertThat(assembler.event(EventKind.DELTA, event, 0, event.length))
                .isEqualTo(Assembler.Result.TAKEN);
    }
}
