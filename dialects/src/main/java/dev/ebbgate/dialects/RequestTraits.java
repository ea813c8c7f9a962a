package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// What a request says about whether and how its answer can be continued.
final class RequestTraits {

    private static final String STRUCTURED = "structured output was asked for";

    /// Members by which vLLM, SGLang, llama.cpp and Anthropic are told a form of the output.
    private static final Set<String> FORMS =
            Set.of(
                    "guided_json",
                    "guided_regex",
                    "guided_choice",
                    "guided_grammar",
                    "structured_outputs",
                    "json_schema",
                    "grammar",
                    "regex",
                    "ebnf",
                    "output_format");

    private static final Set<String> TEMPLATE =
            Set.of("continue_final_message", "add_generation_prompt");

    private RequestTraits() {}

    /// Why the answer to this request cannot be continued, or null.
    static @Nullable String obstacle(Operation operation, byte[] request) {
        if (operation != Operation.CHAT_COMPLETIONS && operation != Operation.MESSAGES) {
            return "only chats are continued";
        }
        List<Member> members = Member.of(Slice.of(request));
        for (Member member : members) {
            String found = obstacle(member);
            if (found != null) {
                return found;
            }
        }
        List<Slice> messages = Slice.elements(Member.last(members, "messages"));
        if (messages.isEmpty()) {
            return "the request has no messages";
        }
        return isWord(Member.last(Member.of(messages.getLast()), "role"), "assistant")
                ? "the request itself ends with the assistant's words"
                : null;
    }

    /// A copy of the request with this text as the assistant's last, unfinished message.
    static byte[] prefilled(Dialect dialect, byte[] request, String text) {
        Slice all = Slice.of(request);
        Slice messages = Member.last(Member.of(all), "messages");
        if (messages == null) {
            throw new IllegalStateException("the request has no messages");
        }
        StringBuilder message = new StringBuilder(text.length() + 64);
        message.append(messages.saysNothing() ? "" : ",");
        message.append("{\"role\":\"assistant\",\"content\":");
        JsonText.quote(message, text);
        Edits edits = new Edits(all).insert(messages.to() - 1, message.append('}').toString());
        if (dialect == Dialect.OPENAI) {
            int begin = 1 + new JsonScanner().over(request, 0, request.length).position();
            edits.insert(begin, "\"continue_final_message\":true,\"add_generation_prompt\":false,");
        }
        return edits.applied();
    }

    private static @Nullable String obstacle(Member member) {
        Slice value = member.value();
        if (value.saysNothing()) {
            return null;
        }
        if (FORMS.contains(member.name())) {
            return STRUCTURED;
        }
        if (TEMPLATE.contains(member.name())) {
            return "the request itself steers the template";
        }
        List<Member> inner = Member.of(value);
        return switch (member.name()) {
            case "response_format" ->
                    isWord(Member.last(inner, "type"), "text") ? null : STRUCTURED;
            case "output_config" -> says(Member.last(inner, "format")) ? STRUCTURED : null;
            case "thinking" ->
                    isWord(Member.last(inner, "type"), "disabled") ? null : "thinking is enabled";
            case "n" -> isOne(value) ? null : "several choices were asked for";
            case "modalities" -> onlyText(value) ? null : "more than text was asked for";
            default -> null;
        };
    }

    private static boolean says(@Nullable Slice value) {
        return value != null && !value.saysNothing();
    }

    private static boolean isOne(Slice value) {
        return value.length() == 1 && value.first() == '1';
    }

    private static boolean onlyText(Slice value) {
        return Slice.elements(value).stream().allMatch(element -> isWord(element, "text"));
    }

    private static boolean isWord(@Nullable Slice value, String word) {
        return value != null && value.isString() && value.inside().decoded().equals(word);
    }
}
