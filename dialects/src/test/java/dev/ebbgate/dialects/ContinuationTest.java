package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// One answer told by two or three targets, cut everywhere, against the answer of one.
class ContinuationTest {

    private static final String TEXT =
            """
            Grüße, \"World\" \\ \uD83C\uDF0D!  Zählen wir:

            ```java
            if (ready) {
                go();
                go();

            \tstop();   }
            ```
            | a | b |
            |---|---|
            Ende \uD83D\uDE00\uD83D\uDE00 der Geschichte.\
            """;

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Operation> DIALECTS = List.of(CHAT_COMPLETIONS, MESSAGES);

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void targetThatGoesOnExactly_completesTheAnswer(Operation operation) {
        cutEverywhere(operation, given -> "");
    }

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void targetThatRepeatsTheWholeText_completesTheAnswer(Operation operation) {
        cutEverywhere(operation, given -> given.length() < Overlap.SHORTEST_REPEAT ? "" : given);
    }

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void targetThatRepeatsTheEnd_completesTheAnswer(Operation operation) {
        cutEverywhere(operation, ContinuationTest::lastWords);
    }

    @ParameterizedTest
    @FieldSource("DIALECTS")
    void thirdTarget_goesOnWhereTheSecondFailed(Operation operation) {
        Speaker first = new Speaker(operation, "one");
        Speaker second = new Speaker(operation, "second");
        Speaker third = new Speaker(operation, "the third");
        for (int cut = 2; cut < TEXT.length() - 8; cut += 3) {
            Client client = new Client(operation, first.request());
            hearPart(client, first, cut);
            String rest = TEXT.substring(given(client, first).length());
            List<String> events = second.says(rest, 2, 20);
            client.hearsOn(events.subList(0, second.beginning(0).size() + 2));

            String last = TEXT.substring(given(client, first).length());
            client.hearsOn(third.says(last, 5, 30));

            assertComplete(client, first, 30);
        }
    }

    private static void cutEverywhere(Operation operation, UnaryOperator<String> repeated) {
        Speaker first = new Speaker(operation, "one");
        Speaker second = new Speaker(operation, "second");
        for (int size : new int[] {1, 3, 1000}) {
            for (int cut = 1; cut < TEXT.length(); cut++) {
                Client client = new Client(operation, first.request());
                hearPart(client, first, cut);
                String given = given(client, first);

                String rest = repeated.apply(given) + TEXT.substring(given.length());
                client.hearsOn(second.says(rest, size, 20));

                assertThat(client.told()).as("cut at %d", cut).doesNotContain("second");
                assertComplete(client, first, 20);
            }
        }
    }

    private static void hearPart(Client client, Speaker speaker, int chars) {
        client.hears(speaker.beginning(10));
        for (int i = 0; i < chars; i++) {
            client.hears(List.of(speaker.token(TEXT.substring(i, i + 1))));
        }
        assertThat(client.transcript().obstacle()).isNull();
    }

    private static void assertComplete(Client client, Speaker first, long inputTokens) {
        assertThat(StrictJson.parse(client.whole()))
                .isEqualTo(StrictJson.parse(first.whole(TEXT, inputTokens)));
        assertThat(client.kinds())
                .endsWith(EventKind.DONE)
                .doesNotContain(EventKind.MALFORMED)
                .containsOnlyOnce(EventKind.FINISH);
    }

    /// What the next target is given to go on from.
    private static String given(Client client, Speaker speaker) {
        byte[] request = client.transcript().prefilled(speaker.request().getBytes(UTF_8));
        Object messages = StrictJson.at(new String(request, UTF_8), "messages");
        Object last = Objects.requireNonNull((List<?>) messages).getLast();
        Map<?, ?> message = Objects.requireNonNull((Map<?, ?>) last);
        assertThat(message.get("role")).isEqualTo("assistant");
        return (String) Objects.requireNonNull(message.get("content"));
    }

    /// The shortest end of the text that is long enough and begins a word.
    private static String lastWords(String text) {
        for (int at = text.length() - Overlap.SHORTEST_REPEAT; at > 0; at--) {
            if (Character.isLetter(text.charAt(at)) && !Character.isLetter(text.charAt(at - 1))) {
                return text.substring(at);
            }
        }
        return "";
    }
}
