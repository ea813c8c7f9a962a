package dev.ebbgate.tools.model;

import java.util.List;
import java.util.stream.Collectors;

/// What a model is told of one of its calls.
///
/// @param callId as the model gave it
/// @param text secret, since it holds what the tool produced
/// @param failed whether the tool did not do what was asked of it
public record ModelResult(String callId, String text, boolean failed) {

    /// A tool message of OpenAI's chat completions, as JSON.
    public String openAi() {
        return "{\"role\":\"tool\",\"tool_call_id\":"
                + JsonText.quoted(callId)
                + ",\"content\":"
                + JsonText.quoted(text)
                + "}";
    }

    /// A `tool_result` block of Anthropic's messages, as JSON.
    public String anthropic() {
        return "{\"type\":\"tool_result\",\"tool_use_id\":"
                + JsonText.quoted(callId)
                + ",\"content\":"
                + JsonText.quoted(text)
                + (failed ? ",\"is_error\":true}" : "}");
    }

    /// The messages that follow the assistant's at OpenAI, as a JSON array.
    public static String openAi(List<ModelResult> results) {
        return results.stream().map(ModelResult::openAi).collect(Collectors.joining(",", "[", "]"));
    }

    /// The one message that follows the assistant's at Anthropic, as a JSON object.
    public static String anthropic(List<ModelResult> results) {
        return results.stream()
                .map(ModelResult::anthropic)
                .collect(Collectors.joining(",", "{\"role\":\"user\",\"content\":[", "]}"));
    }

    @Override
    public String toString() {
        return "result of call " + callId + (failed ? " (failed)" : "");
    }
}
