package dev.ebbgate.dialects;

import static dev.ebbgate.dialects.Operation.CHAT_COMPLETIONS;
import static dev.ebbgate.dialects.Operation.MESSAGES;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamedRequestTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"model\":\"m\"} | {\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                        + "\"model\":\"m\"}",
                "{\"model\":\"m\",\"stream\": false } | {\"stream_options\":"
                        + "{\"include_usage\":true},\"model\":\"m\",\"stream\": true }",
                "{\"stream\":null,\"stream_options\":null} |"
                        + " {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream_options\":{}} |"
                        + " {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream_options\":{ \"x\" : 1}} | {\"stream\":true,"
                        + "\"stream_options\":{\"include_usage\":true, \"x\" : 1}}",
                "{\"stream_options\":{\"include_usage\":false}} |"
                        + " {\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"stream\":false,\"a\":{\"stream\":false}} | {\"stream_options\":"
                        + "{\"include_usage\":true},\"stream\":true,\"a\":{\"stream\":false}}"
            })
    void openAiRequest_asksForStreamAndUsage(String body, String expected) {
        assertThat(rewritten(CHAT_COMPLETIONS, body)).isEqualTo(expected);
    }

    @Test
    void anthropicRequest_asksForStreamOnly() {
        assertThat(rewritten(MESSAGES, " {\"model\":\"m\",\"max_tokens\":1}"))
                .isEqualTo(" {\"stream\":true,\"model\":\"m\",\"max_tokens\":1}");
    }

    @Test
    void otherBytes_areAsTheyWere() {
        String rest = " \"model\" : \"m\\u0041ü\",\n\t\"messages\":[ ] ,\"x\":1e2 }\n";

        String rewritten = rewritten(CHAT_COMPLETIONS, "{\"stream\":false," + rest);

        assertThat(rewritten)
                .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"stream\":true," + rest);
    }

    @Test
    void rewrittenRequest_readsAsOneForStreamWithUsage() {
        byte[] body =
                StreamedRequest.of(
                        CHAT_COMPLETIONS, "{\"model\":\"m\",\"stream\":false}".getBytes(UTF_8));

        RequestHead.Reading reading = RequestHead.read(body);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        RequestHead.Read.class,
                        read -> {
                            assertThat(read.head().stream()).isTrue();
                            assertThat(read.head().includeUsage()).isTrue();
                            assertThat(read.head().model()).isEqualTo("m");
                        });
    }

    private static String rewritten(Operation operation, String body) {
        return new String(StreamedRequest.of(operation, body.getBytes(UTF_8)), UTF_8);
    }
}
