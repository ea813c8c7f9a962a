package dev.ebbgate.sim.frames;

import java.util.List;

/// The older text completions of OpenAI: no preamble, no roles, everything is text.
public final class OpenAiCompletion implements Frames {

    private final Answer answer;
    private final String opening;

    public OpenAiCompletion(Answer answer) {
        this.answer = answer;
        opening =
                "{\"id\":\"%s\",\"object\":\"text_completion\",\"created\":%d,\"model\":%s"
                        .formatted(answer.id("cmpl-", 0), answer.created(), answer.modelText());
    }

    @Override
    public String preamble(Part first) {
        return "";
    }

    @Override
    public String delta(Piece piece) {
        return chunk(piece.text(), "null");
    }

    @Override
    public String finish() {
        return chunk("", "\"stop\"");
    }

    @Override
    public String done() {
        String usage =
                answer.usage() ? "data: " + opening + ",\"choices\":[]," + usage() + "}\n\n" : "";
        return usage + "data: [DONE]\n\n";
    }

    private String chunk(String text, String reason) {
        StringBuilder out = new StringBuilder("data: ").append(opening);
        if (answer.choices() >= 0) {
            out.append(",\"choices\":[").append(choices(text, reason)).append(']');
        }
        return out.append(answer.usage() ? ",\"usage\":null}\n\n" : "}\n\n").toString();
    }

    private String choices(String text, String reason) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < answer.choices(); i++) {
            out.append(i == 0 ? "" : ",")
                    .append("{\"text\":")
                    .append(Text.quoted(text))
                    .append(",\"index\":")
                    .append(i)
                    .append(",\"logprobs\":null,\"finish_reason\":")
                    .append(reason)
                    .append('}');
        }
        return out.toString();
    }

    private String usage() {
        int prompt = answer.promptTokens();
        int completion = answer.completionTokens();
        return "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(prompt, completion, prompt + completion);
    }

    @Override
    public String error(String error) {
        return "data: " + failure(500, error) + "\n\n";
    }

    @Override
    public String malformed() {
        return "data: " + opening + ",\"choices\":[{\"text\":\"\n\n";
    }

    @Override
    public String keepAlive() {
        return ": keep-alive\n\n";
    }

    @Override
    public String answer(List<Piece> pieces) {
        StringBuilder text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.text()));
        String choices =
                answer.choices() < 0
                        ? ""
                        : ",\"choices\":[" + choices(text.toString(), "\"stop\"") + "]";
        return opening + choices + "," + usage() + "}";
    }

    @Override
    public String failure(int status, String error) {
        return Errors.openAi(status, error, Errors.openAiMessage(status, error));
    }
}
