package dev.ebbgate.sim.frames;

import java.util.List;

/// Chat completions of OpenAI, and of the local servers that speak like it.
public final class OpenAiChat implements Frames {

    private static final int NO_MEMBER = -2;

    private final Answer answer;
    private final String opening;
    private final String closing;
    private boolean toolOpened;

    public OpenAiChat(Answer answer) {
        this.answer = answer;
        opening =
                """
                data: {"id":"%s","object":"chat.completion.chunk","created":%d,"model":%s,\
                "service_tier":"default","system_fingerprint":"fp_ebbgate_sim\"\
                """
                        .formatted(answer.id("chatcmpl-", 0), answer.created(), answer.modelText());
        closing = answer.usage() ? ",\"usage\":null}\n\n" : "}\n\n";
    }

    @Override
    public String preamble(Part first) {
        String content = first == Part.TOOL ? "null" : "\"\"";
        return chunk("{\"role\":\"assistant\",\"content\":%s,\"refusal\":null}".formatted(content));
    }

    @Override
    public String delta(Piece piece) {
        String text = Text.quoted(piece.text());
        return switch (piece.part()) {
            case TEXT -> chunk("{\"content\":" + text + "}");
            case REASONING -> chunk("{\"reasoning_content\":" + text + "}");
            case TOOL -> chunk("{\"tool_calls\":[{\"index\":0," + call(text) + "}]}");
        };
    }

    private String call(String arguments) {
        if (toolOpened) {
            return "\"function\":{\"arguments\":" + arguments + "}";
        }
        toolOpened = true;
        return whole(arguments);
    }

    private String whole(String arguments) {
        return "\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"get_tide\",\"arguments\":%s}"
                .formatted(answer.id("call_", 1), arguments);
    }

    @Override
    public String finish() {
        return chunks("{}", "\"" + reason() + "\"");
    }

    private String reason() {
        return answer.tool() ? "tool_calls" : "stop";
    }

    @Override
    public String done() {
        String usage = answer.usage() ? opening + ",\"choices\":[]," + usage() + "}\n\n" : "";
        return usage + "data: [DONE]\n\n";
    }

    private String usage() {
        int prompt = answer.promptTokens();
        int completion = answer.completionTokens();
        return """
        "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
        "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
        "completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0,\
        "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}\
        """
                .formatted(prompt, completion, prompt + completion, answer.reasoningTokens());
    }

    private String chunk(String delta) {
        return chunks(delta, "null");
    }

    /// One chunk per choice, as the provider interleaves them.
    private String chunks(String delta, String reason) {
        if (answer.choices() == NO_MEMBER) {
            return opening + closing;
        }
        if (answer.choices() == 0) {
            return opening + ",\"choices\":[]" + closing;
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < answer.choices(); i++) {
            out.append(opening)
                    .append(",\"choices\":[{\"index\":")
                    .append(i)
                    .append(",\"delta\":")
                    .append(delta)
                    .append(",\"logprobs\":null,\"finish_reason\":")
                    .append(reason)
                    .append("}]")
                    .append(closing);
        }
        return out.toString();
    }

    @Override
    public String error(String error) {
        return "data: " + Errors.openAi(500, error, Errors.openAiMessage(500, error)) + "\n\n";
    }

    @Override
    public String malformed() {
        return opening + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\n\n";
    }

    @Override
    public String keepAlive() {
        return ": keep-alive\n\n";
    }

    @Override
    public String answer(List<Piece> pieces) {
        StringBuilder choices = new StringBuilder();
        for (int i = 0; i < answer.choices(); i++) {
            choices.append(i == 0 ? "" : ",").append(choice(i, pieces));
        }
        String member = answer.choices() == NO_MEMBER ? "" : "\"choices\":[" + choices + "],";
        return """
        {"id":"%s","object":"chat.completion","created":%d,"model":%s,%s%s,\
        "service_tier":"default","system_fingerprint":"fp_ebbgate_sim"}\
        """
                .formatted(
                        answer.id("chatcmpl-", 0),
                        answer.created(),
                        answer.modelText(),
                        member,
                        usage());
    }

    private String choice(int index, List<Piece> pieces) {
        String text = Text.quoted(Frames.joined(pieces, Part.TEXT));
        String tool = Frames.joined(pieces, Part.TOOL);
        String reasoning = Frames.joined(pieces, Part.REASONING);
        return """
        {"index":%d,"message":{"role":"assistant","content":%s,"refusal":null%s%s,"annotations":[]},\
        "logprobs":null,"finish_reason":"%s"}\
        """
                .formatted(
                        index,
                        text.length() == 2 && answer.tool() ? "null" : text,
                        reasoning.isEmpty()
                                ? ""
                                : ",\"reasoning_content\":" + Text.quoted(reasoning),
                        tool.isEmpty()
                                ? ""
                                : ",\"tool_calls\":[{" + whole(Text.quoted(tool)) + "}]",
                        reason());
    }

    @Override
    public String failure(int status, String error) {
        return Errors.openAi(status, error, Errors.openAiMessage(status, error));
    }
}
