package dev.ebbgate.sim.frames;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Messages of Anthropic.
public final class AnthropicMessages implements Frames {

    private static final String SIGNATURE = "RWJiZ2F0ZSBzaW11bGF0ZWQgc2lnbmF0dXJl";

    private final Answer answer;
    private @Nullable Part open;
    private int index = -1;

    public AnthropicMessages(Answer answer) {
        this.answer = answer;
    }

    @Override
    public String preamble(Part first) {
        String start =
                """
                {"type":"message_start","message":{"id":"%s","type":"message","role":"assistant",\
                "model":%s,"content":[],"stop_reason":null,"stop_sequence":null,"usage":\
                {"input_tokens":%d,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,\
                "output_tokens":1,"service_tier":"standard"}}}\
                """
                        .formatted(answer.id("msg_", 0), answer.modelText(), answer.promptTokens());
        String block = first == Part.TEXT ? start(Part.TEXT) : "";
        return event("message_start", start) + block + keepAlive();
    }

    @Override
    public String delta(Piece piece) {
        String text = Text.quoted(piece.text());
        String turn = open == piece.part() ? "" : stop() + start(piece.part());
        return turn
                + blockDelta(
                        switch (piece.part()) {
                            case TEXT -> "\"text_delta\",\"text\":" + text;
                            case REASONING -> "\"thinking_delta\",\"thinking\":" + text;
                            case TOOL -> "\"input_json_delta\",\"partial_json\":" + text;
                        });
    }

    private String blockDelta(String delta) {
        return event(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":%d,\"delta\":{\"type\":%s}}"
                        .formatted(index, delta));
    }

    private String start(Part part) {
        open = part;
        index++;
        return event(
                "content_block_start",
                "{\"type\":\"content_block_start\",\"index\":%d,\"content_block\":%s}"
                        .formatted(index, block(part, "", "{}")));
    }

    private String block(Part part, String text, String input) {
        return switch (part) {
            case TEXT -> "{\"type\":\"text\",\"text\":" + Text.quoted(text) + "}";
            case REASONING ->
                    "{\"type\":\"thinking\",\"thinking\":%s,\"signature\":\"%s\"}"
                            .formatted(Text.quoted(text), text.isEmpty() ? "" : SIGNATURE);
            case TOOL ->
                    "{\"type\":\"tool_use\",\"id\":\"%s\",\"name\":\"get_tide\",\"input\":%s}"
                            .formatted(answer.id("toolu_", 1), input);
        };
    }

    private String stop() {
        if (open == null) {
            return "";
        }
        String signature =
                open == Part.REASONING
                        ? blockDelta("\"signature_delta\",\"signature\":\"" + SIGNATURE + "\"")
                        : "";
        open = null;
        return signature
                + event(
                        "content_block_stop",
                        "{\"type\":\"content_block_stop\",\"index\":" + index + "}");
    }

    @Override
    public String finish() {
        return stop()
                + event(
                        "message_delta",
                        """
                        {"type":"message_delta","delta":{"stop_reason":"%s","stop_sequence":null},\
                        "usage":{"output_tokens":%d}}\
                        """
                                .formatted(reason(), answer.completionTokens()));
    }

    private String reason() {
        return answer.tool() ? "tool_use" : "end_turn";
    }

    @Override
    public String done() {
        return event("message_stop", "{\"type\":\"message_stop\"}");
    }

    @Override
    public String error(String error) {
        String type = error.equals("auto") ? "overloaded_error" : error;
        return event("error", Errors.anthropic(500, type, Errors.anthropicMessage(529, error)));
    }

    @Override
    public String malformed() {
        return event(
                "content_block_delta",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_del");
    }

    @Override
    public String keepAlive() {
        return event("ping", "{\"type\": \"ping\"}");
    }

    private static String event(String name, String json) {
        return "event: " + name + "\ndata: " + json + "\n\n";
    }

    @Override
    public String answer(List<Piece> pieces) {
        List<String> blocks = new ArrayList<>();
        for (Part part : Part.values()) {
            String text = Frames.joined(pieces, part);
            if (!text.isEmpty()) {
                blocks.add(block(part, text, text));
            }
        }
        String content =
                answer.choices() < 0 ? "" : "\"content\":[" + String.join(",", blocks) + "],";
        return """
        {"id":"%s","type":"message","role":"assistant","model":%s,%s"stop_reason":"%s",\
        "stop_sequence":null,"usage":{"input_tokens":%d,"cache_creation_input_tokens":0,\
        "cache_read_input_tokens":0,"output_tokens":%d,"service_tier":"standard"}}\
        """
                .formatted(
                        answer.id("msg_", 0),
                        answer.modelText(),
                        content,
                        reason(),
                        answer.promptTokens(),
                        answer.completionTokens());
    }

    @Override
    public String failure(int status, String error) {
        return Errors.anthropic(status, error, Errors.anthropicMessage(status, error));
    }
}
