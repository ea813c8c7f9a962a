package dev.ebbgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String STREAM =
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            \r
            """
                    + chunk(": keep-alive\n\n")
                    + chunk("data: {\"content\":\"@0000000000000000042\"}\n\ndata: {\"con")
                    + chunk("tent\":\"b\"}\n\ndata: [DONE]\n\n")
                    + "0\r\n\r\n";

    private final AnswerReader reader = new AnswerReader();

    @Test
    void streamCutAtAnyByte_isCountedTheSame() {
        byte[] bytes = STREAM.getBytes(US_ASCII);

        for (int cut = 0; cut < bytes.length; cut++) {
            reader.reset();
            boolean early = reader.feed(bytes, 0, cut);
            boolean whole = reader.feed(bytes, cut, bytes.length);

            assertThat(early).as("whole at byte %d", cut).isFalse();
            assertThat(whole).as("whole after byte %d", cut).isTrue();
            assertThat(reader.events()).isEqualTo(3);
            assertThat(reader.done()).isTrue();
            assertThat(reader.error()).isFalse();
            assertThat(reader.stamp()).isEqualTo(42);
        }
    }

    @Test
    void streamWithoutItsLastChunk_isNotWhole() {
        boolean whole = feed(STREAM.substring(0, STREAM.length() - 5));

        assertThat(whole).isFalse();
        assertThat(reader.done()).isTrue();
        assertThat(reader.endsWithConnection()).isFalse();
    }

    @Test
    void errorFrame_isSeenAndIsNotDone() {
        boolean whole =
                feed(
                        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                                + chunk("data: {\"error\":{\"message\":\"late\"}}\n\n")
                                + "0\r\n\r\n");

        assertThat(whole).isTrue();
        assertThat(reader.error()).isTrue();
        assertThat(reader.done()).isFalse();
    }

    @Test
    void sizedAnswer_isWholeAtItsLastByte() {
        String answer = "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 4\r\n\r\nlate";

        boolean before = feed(answer.substring(0, answer.length() - 1));
        boolean after = feed("e");

        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(reader).hasToString("status 504, 0 events, 4 bytes of body: late");
    }

    @Test
    void answerWithoutLength_endsWithTheConnection() {
        boolean whole = feed("HTTP/1.1 200 OK\r\n\r\n{}");

        assertThat(whole).isFalse();
        assertThat(reader.endsWithConnection()).isTrue();
    }

    private boolean feed(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return reader.feed(bytes, 0, bytes.length);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}
