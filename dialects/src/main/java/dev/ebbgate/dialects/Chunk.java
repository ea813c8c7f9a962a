package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// One chunk of a chat completion, taken apart.
///
/// @param choices the members of each choice
record Chunk(Slice data, List<Member> members, List<List<Member>> choices) {

    static Chunk of(Slice data) {
        List<Member> members = Member.of(data);
        List<List<Member>> choices = new ArrayList<>();
        for (Slice choice : Slice.elements(Member.last(members, "choices"))) {
            choices.add(Member.of(choice));
        }
        return new Chunk(data, members, choices);
    }

    /// The value of this member of the chunk.
    @Nullable Slice member(String name) {
        return Member.last(members, name);
    }

    /// The first choice's delta, as a whole.
    @Nullable Slice delta() {
        return choices.isEmpty() ? null : Member.last(choices.getFirst(), "delta");
    }

    /// What the first choice says, if it is text.
    String text() {
        Slice content = Member.last(Member.of(delta()), "content");
        return content != null && content.isString() ? content.inside().decoded() : "";
    }

    /// Whether the first choice says anything but text: reasoning, a call, a refusal.
    boolean saysMore() {
        return Member.of(delta()).stream().anyMatch(Chunk::isMore);
    }

    /// Whether all that the first choice says is how it came to think so.
    boolean saysOnlyReasoning() {
        return Member.of(delta()).stream()
                .filter(Chunk::isMore)
                .allMatch(member -> member.name().startsWith("reasoning"));
    }

    private static boolean isMore(Member member) {
        return !member.name().equals("role")
                && !member.name().equals("content")
                && !member.value().saysNothing();
    }
}
