package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// The rest of a chat completion from another target's chunks: the first answer's id, time, model
/// and fingerprint, no second role, no text twice.
final class OpenAiSequel implements Transcript.Sequel {

    private final Map<String, Slice> identity;
    private final EventReader.Sink client;
    private final Seam seam;
    private final EventFields fields = new EventFields();
    private final Bytes frame = new Bytes();
    private boolean begun;

    OpenAiSequel(Map<String, Slice> identity, Overlap overlap, EventReader.Sink client) {
        this.identity = identity;
        this.client = client;
        this.seam = new Seam(overlap, this::speak);
    }

    @Override
    public long heldBytes() {
        return seam.heldBytes();
    }

    @Override
    public boolean event(EventKind kind, byte[] bytes, int from, int to) {
        return switch (kind) {
            case PREAMBLE, DELTA, FINISH -> {
                fields.parse(bytes, from, to);
                yield chunk(kind, fields.dataSlice());
            }
            case DONE -> seam.settle() && client.event(kind, bytes, from, to);
            case COMMENT, DROP, ERROR, MALFORMED, OVERSIZED -> client.event(kind, bytes, from, to);
        };
    }

    private boolean chunk(EventKind kind, Slice data) {
        Chunk chunk = Chunk.of(data);
        String text = chunk.text();
        if (!text.isEmpty()) {
            begun = true;
            return seam.add(kind, data, text) && (kind != EventKind.FINISH || seam.settle());
        }
        if (kind == EventKind.PREAMBLE && !tellsUsageAlone(chunk) && isBeginning()) {
            // The role, or Azure's verdict on the prompt: the client has had them.
            return true;
        }
        if (kind == EventKind.DELTA && isBeginning() && chunk.saysOnlyReasoning()) {
            // Thoughts on how to go on; behind them it may still repeat what was said.
            return true;
        }
        begun = true;
        return seam.settle() && write(kind, chunk, null);
    }

    /// Whether nothing new has been said yet.
    private boolean isBeginning() {
        return !begun || !seam.settled();
    }

    /// As the last chunk does before the formal end.
    private static boolean tellsUsageAlone(Chunk chunk) {
        return chunk.choices().isEmpty() && says(chunk, "usage");
    }

    private boolean speak(EventKind kind, Slice data, @Nullable String rest) {
        Chunk chunk = Chunk.of(data);
        boolean silent = rest != null && rest.isEmpty();
        if (silent && kind == EventKind.DELTA && !chunk.saysMore() && !says(chunk, "usage")) {
            return true;
        }
        return write(kind, chunk, rest);
    }

    private static boolean says(Chunk chunk, String name) {
        Slice value = chunk.member(name);
        return value != null && !value.saysNothing();
    }

    private boolean write(EventKind kind, Chunk chunk, @Nullable String text) {
        Edits edits = new Edits(chunk.data());
        for (Member member : chunk.members()) {
            Slice first = identity.get(member.name());
            if (first != null) {
                edits.replace(member.value(), first);
            }
        }
        Slice delta = chunk.delta();
        if (delta != null) {
            List<Member> members = Member.of(delta);
            if (text != null || Member.last(members, "role") != null) {
                edits.replace(delta, withoutRole(members, text));
            }
        }
        return Frames.write(frame, "", edits).event(client, kind);
    }

    private static String withoutRole(List<Member> members, @Nullable String text) {
        StringBuilder out = new StringBuilder("{");
        for (Member member : members) {
            if (member.name().equals("role")) {
                continue;
            }
            out.append(out.length() == 1 ? "" : ",");
            JsonText.quote(out, member.name());
            out.append(':');
            if (text != null && member.name().equals("content")) {
                JsonText.quote(out, text);
            } else {
                out.append(member.value().text());
            }
        }
        return out.append('}').toString();
    }
}
