package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// A target that says a text in either dialect, in frames written by hand.
record Speaker(Operation operation, String id) {

    /// The stream of this text in pieces of this many characters, with its usage at the end.
    List<String> says(String text, int size, long inputTokens) {
        List<String> events = new ArrayList<>(beginning(inputTokens));
        for (int at = 0; at < text.length(); at += size) {
            events.add(token(text.substring(at, Math.min(text.length(), at + size))));
        }
        events.addAll(ending(inputTokens));
        return events;
    }

    List<String> beginning(long inputTokens) {
        if (operation == Operation.MESSAGES) {
            return List.of(
                    named(
                            "message_start",
                            ",\"message\":{\"id\":\"%s\",\"type\":\"message\",\"role\":\"assistant\","
                                            .formatted(id)
                                    + "\"model\":\"model of "
                                    + id
                                    + "\",\"content\":[],\"stop_reason\":null,"
                                    + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":"
                                    + inputTokens
                                    + ",\"cache_read_input_tokens\":null,\"output_tokens\":1}}"),
                    named(
                            "content_block_start",
                            ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                    named("ping", ""));
        }
        return List.of(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null", ""));
    }

    String token(String text) {
        StringBuilder quoted = new StringBuilder();
        JsonText.quote(quoted, text);
        return operation == Operation.MESSAGES
                ? named(
                        "content_block_delta",
                        ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + quoted + "}")
                : chunk("{\"content\":" + quoted + "}", "null", "");
    }

    List<String> ending(long inputTokens) {
        if (operation == Operation.MESSAGES) {
            return List.of(
                    named("content_block_stop", ",\"index\":0"),
                    named(
                            "message_delta",
                            ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                    + "\"usage\":{\"output_tokens\":9}"),
                    named("message_stop", ""));
        }
        return List.of(
                chunk("{}", "\"stop\"", ""),
                "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%s,"
                                .formatted(id, created())
                        + "\"model\":\"model of "
                        + id
                        + "\",\"choices\":[],\"usage\":{\"prompt_tokens\":"
                        + inputTokens
                        + ",\"completion_tokens\":9}}\n\n",
                "data: [DONE]\n\n");
    }

    /// The whole answer, as it would be without a stream.
    String whole(String text, long inputTokens) {
        StringBuilder quoted = new StringBuilder();
        JsonText.quote(quoted, text);
        return operation == Operation.MESSAGES
                ? ("{\"id\":\"%s\",\"type\":\"message\",\"role\":\"assistant\","
                                + "\"model\":\"model of %s\",\"content\":[{\"type\":\"text\","
                                + "\"text\":%s}],\"stop_reason\":\"end_turn\","
                                + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":%d,"
                                + "\"cache_read_input_tokens\":null,\"output_tokens\":9}}")
                        .formatted(id, id, quoted, inputTokens)
                : ("{\"id\":\"%s\",\"object\":\"chat.completion\",\"created\":%s,"
                                + "\"model\":\"model of %s\",\"choices\":[{\"index\":0,\"message\":"
                                + "{\"role\":\"assistant\",\"content\":%s},\"logprobs\":null,"
                                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":%d,"
                                + "\"completion_tokens\":9}}")
                        .formatted(id, created(), id, quoted, inputTokens);
    }

    String request() {
        return "{\"model\":\"m\",\"stream\":true,\"messages\":"
                + "[ {\"role\":\"user\",\"content\":\"Tell!\"} ]}";
    }

    String chunk(String delta, String finish, String more) {
        return "data: {\"id\":\"%s\",\"object\":\"chat.completion.chunk\",\"created\":%s,"
                        .formatted(id, created())
                + "\"model\":\"model of "
                + id
                + "\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"logprobs\":null,\"finish_reason\":"
                + finish
                + "}]"
                + more
                + "}\n\n";
    }

    static String named(String type, String members) {
        return "event: %s\ndata: {\"type\":\"%s\"%s}\n\n".formatted(type, type, members);
    }

    private String created() {
        return "17636500" + id.getBytes(UTF_8).length;
    }
}
