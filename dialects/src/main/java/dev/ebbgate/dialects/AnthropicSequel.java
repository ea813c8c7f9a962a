package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rest of a message from another target's events: no second `message_start`, its text in the
/// block that is open, further blocks numbered on, no text twice, and what the new prompt took in
/// the usage at the end.
final class AnthropicSequel implements Transcript.Sequel {

    private static final Set<String> USAGE_OF_INPUT =
            Set.of("input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens");

    private final EventReader.Sink client;
    private final Seam seam;
    private final EventFields fields = new EventFields();
    private final Bytes frame = new Bytes();
    private final Map<Long, Long> numbers = new HashMap<>();
    private final List<Member> usage = new ArrayList<>();
    private long open;
    private long next;
    private @Nullable Slice pending;

    /// @param open the number of the block that the client has open, or -1
    /// @param next the number of the client's next block
    AnthropicSequel(long open, long next, Overlap overlap, EventReader.Sink client) {
        this.open = open;
        this.next = next;
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
                yield content(kind, MessageEvent.of(fields), new Slice(bytes, from, to));
            }
            case DONE -> seam.settle() && client.event(kind, bytes, from, to);
            case COMMENT, DROP, ERROR, MALFORMED, OVERSIZED -> client.event(kind, bytes, from, to);
        };
    }

    private boolean content(EventKind kind, MessageEvent event, Slice raw) {
        return switch (event.type()) {
            case "message_start" -> {
                keepUsage(event);
                yield true;
            }
            case "content_block_start" -> begin(kind, event);
            case "content_block_delta" -> delta(kind, event);
            case "content_block_stop" -> stop(kind, event);
            case "message_delta" ->
                    seam.settle() && closeOpen() && write(kind, event, withUsage(event));
            default -> client.event(kind, raw.bytes(), raw.from(), raw.to());
        };
    }

    private void keepUsage(MessageEvent event) {
        for (Member member : Member.of(event.member("message", "usage"))) {
            if (USAGE_OF_INPUT.contains(member.name()) && !member.value().isNull()) {
                usage.add(new Member(member.name(), member.value().copied()));
            }
        }
    }

    private boolean begin(EventKind kind, MessageEvent event) {
        if (!event.word("content_block", "type").equals("text")) {
            return seam.settle()
                    && closeOpen()
                    && write(kind, event, renumbered(event, number(event, next++)));
        }
        String text = event.word("content_block", "text");
        if (open >= 0) {
            number(event, open);
        } else {
            // Told to the client together with its first text: an empty block would be refused when
            // it comes back in the next request.
            pending = withoutText(event);
        }
        return text.isEmpty() || speakOf(kind, event.index(), text);
    }

    private static Slice withoutText(MessageEvent event) {
        Edits edits = new Edits(event.data());
        Slice text = event.member("content_block", "text");
        if (text != null) {
            edits.replace(text, "\"\"");
        }
        return Slice.of(edits.applied());
    }

    /// A block that begins with text goes on with it.
    private boolean speakOf(EventKind kind, long index, String text) {
        StringBuilder delta = new StringBuilder();
        delta.append("{\"type\":\"content_block_delta\",\"index\":").append(index);
        delta.append(",\"delta\":{\"type\":\"text_delta\",\"text\":");
        JsonText.quote(delta, text);
        return seam.add(kind, Slice.of(JsonText.bytes(delta.append("}}").toString())), text);
    }

    private boolean delta(EventKind kind, MessageEvent event) {
        String text = event.word("delta", "text");
        if (!text.isEmpty()) {
            return seam.add(kind, event.data(), text);
        }
        return event.word("delta", "type").equals("text_delta")
                || (seam.settle() && tell() && write(kind, event, renumbered(event)));
    }

    private boolean speak(EventKind kind, Slice data, @Nullable String rest) {
        if (rest != null && rest.isEmpty()) {
            return true;
        }
        MessageEvent event = MessageEvent.of("content_block_delta", data);
        if (!tell()) {
            return false;
        }
        Edits edits = renumbered(event);
        Slice text = event.member("delta", "text");
        if (rest != null && text != null) {
            StringBuilder quoted = new StringBuilder();
            JsonText.quote(quoted, rest);
            edits.replace(text, quoted.toString());
        }
        return write(kind, event, edits);
    }

    /// Tells the client of a text block that has begun.
    private boolean tell() {
        Slice start = pending;
        if (start == null) {
            return true;
        }
        pending = null;
        MessageEvent event = MessageEvent.of("content_block_start", start);
        open = next++;
        return write(EventKind.PREAMBLE, event, renumbered(event, number(event, open)));
    }

    private boolean stop(EventKind kind, MessageEvent event) {
        if (!seam.settle()) {
            return false;
        }
        if (pending != null) {
            pending = null;
            return true;
        }
        Edits edits = renumbered(event);
        open = AnthropicAccount.NONE;
        return write(kind, event, edits);
    }

    private boolean closeOpen() {
        if (open < 0) {
            return true;
        }
        Slice data =
                Slice.of(
                        JsonText.bytes("{\"type\":\"content_block_stop\",\"index\":" + open + "}"));
        open = AnthropicAccount.NONE;
        MessageEvent event = MessageEvent.of("content_block_stop", data);
        return write(EventKind.PREAMBLE, event, new Edits(data));
    }

    private Edits withUsage(MessageEvent event) {
        Edits edits = new Edits(event.data());
        Slice told = event.member("usage");
        if (told == null || told.first() != '{') {
            return edits;
        }
        List<Member> members = Member.of(told);
        StringBuilder more = new StringBuilder();
        for (Member member : usage) {
            if (Member.last(members, member.name()) == null) {
                more.append('"').append(member.name()).append("\":");
                more.append(member.value().text()).append(',');
            }
        }
        if (members.isEmpty() && !more.isEmpty()) {
            more.setLength(more.length() - 1);
        }
        return edits.insert(told.from() + 1, more.toString());
    }

    private long number(MessageEvent event, long number) {
        numbers.put(event.index(), number);
        return number;
    }

    private Edits renumbered(MessageEvent event) {
        return renumbered(event, numbers.getOrDefault(event.index(), event.index()));
    }

    private static Edits renumbered(MessageEvent event, long number) {
        Edits edits = new Edits(event.data());
        Slice index = event.member("index");
        return index == null ? edits : edits.replace(index, Long.toString(number));
    }

    private boolean write(EventKind kind, MessageEvent event, Edits edits) {
        return Frames.write(frame, event.type(), edits).event(client, kind);
    }
}
