package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is to be known of a chat completion to continue it: who it says it is.
final class OpenAiAccount implements Transcript.Account {

    private static final Set<String> IDENTITY =
            Set.of("id", "created", "model", "system_fingerprint");

    private final Map<String, Slice> identity = new HashMap<>();

    @Override
    public @Nullable String read(EventFields event, StringBuilder text) {
        Chunk chunk = Chunk.of(event.dataSlice());
        identify(chunk);
        for (List<Member> choice : chunk.choices()) {
            String obstacle = read(choice, text);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    @Override
    public Transcript.Sequel sequel(Overlap overlap, EventReader.Sink client) {
        return new OpenAiSequel(Map.copyOf(identity), overlap, client);
    }

    /// All from one chunk, the first that has an id: Azure begins with one that is empty.
    private void identify(Chunk chunk) {
        Slice id = chunk.member("id");
        if (!identity.isEmpty() || id == null || id.saysNothing()) {
            return;
        }
        for (Member member : chunk.members()) {
            if (IDENTITY.contains(member.name()) && !member.value().isNull()) {
                identity.put(member.name(), member.value().copied());
            }
        }
    }

    private static @Nullable String read(List<Member> choice, StringBuilder text) {
        Slice index = Member.last(choice, "index");
        if (index != null && !(index.length() == 1 && index.first() == '0')) {
            return "there are several choices";
        }
        Slice reason = Member.last(choice, "finish_reason");
        if (reason != null && !reason.saysNothing()) {
            return "the answer is finished";
        }
        for (Member member : Member.of(Member.last(choice, "delta"))) {
            Slice value = member.value();
            if (!value.saysNothing()) {
                String obstacle = read(member.name(), value, text);
                if (obstacle != null) {
                    return obstacle;
                }
            }
        }
        return null;
    }

    private static @Nullable String read(String name, Slice value, StringBuilder text) {
        return switch (name) {
            case "content" -> {
                if (!value.isString()) {
                    yield "the content is more than text";
                }
                text.append(value.inside().decoded());
                yield null;
            }
            case "tool_calls", "function_call" -> "a tool call has begun";
            case "refusal" -> "a refusal has begun";
            case "audio", "images" -> "the content is more than text";
            default -> null;
        };
    }
}
