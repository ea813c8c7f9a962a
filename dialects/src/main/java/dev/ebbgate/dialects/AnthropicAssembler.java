package dev.ebbgate.dialects;

import dev.ebbgate.dialects.Grown.Members;
import dev.ebbgate.dialects.Grown.Whole;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.TreeMap;

/// One message of its events.
///
/// A block begins with what `content_block_start` says. Of a delta, `partial_json` is the text of
/// the block's `input`, `citation` is added to `citations`, a signature is put, and any other
/// string, known or not, is joined to the member of the same name. Usage is cumulative, so the last
/// number of each kind counts.
final class AnthropicAssembler implements Assembler {

    private static final String CONTENT = "content";
    private static final String USAGE = "usage";
    private static final String TYPE = "type";
    private static final String INPUT = "input";

    /// A block under way.
    ///
    /// @param partial the raw JSON string of its input so far
    private record Block(Members members, Bytes partial) {}

    private final Growth growth;
    private final EventFields fields = new EventFields();
    private final Members top = new Members();
    private final Members usage = new Members();
    private final Map<Long, Block> blocks = new TreeMap<>();

    AnthropicAssembler(long maxBytes) {
        this.growth = new Growth(maxBytes);
    }

    @Override
    public Result event(EventKind kind, byte[] bytes, int from, int to) {
        boolean fits = true;
        if (Assembler.hasContent(kind)) {
            fields.parse(bytes, from, to);
            fits = event(MessageEvent.of(fields));
        }
        if (growth.full()) {
            return Result.FULL;
        }
        return fits ? Result.TAKEN : Result.MALFORMED;
    }

    @Override
    public long heldBytes() {
        return growth.held();
    }

    @Override
    public byte[] answer() {
        Grown.Elements content = new Grown.Elements();
        for (Block block : blocks.values()) {
            if (block.partial.length() > 0) {
                block.members.put(INPUT, new Whole(input(block.partial.slice().decoded())));
            }
            content.add(block.members);
        }
        top.put(CONTENT, content);
        top.put(USAGE, usage);
        Bytes out = new Bytes();
        top.write(out);
        return out.copy();
    }

    /// The input, which is JSON inside a string. Where it broke off (at `max_tokens`, say) it is
    /// told as Anthropic advises to tell broken input.
    private static Slice input(String json) {
        byte[] text = JsonText.bytes(json);
        JsonScanner scanner = new JsonScanner().over(text, 0, text.length);
        scanner.skipValue();
        if (scanner.ended() && json.strip().startsWith("{")) {
            return Slice.of(text);
        }
        StringBuilder broken = new StringBuilder("{\"INVALID_JSON\":");
        JsonText.quote(broken, json);
        return Slice.of(JsonText.bytes(broken.append('}').toString()));
    }

    private boolean event(MessageEvent event) {
        return switch (event.type()) {
            case "message_start" -> {
                start(event.member("message"));
                yield true;
            }
            case "content_block_start" -> {
                begin(event.index(), event.member("content_block"));
                yield true;
            }
            case "content_block_delta" -> delta(blocks.get(event.index()), event.member("delta"));
            case "message_delta" -> {
                messageDelta(event);
                yield true;
            }
            default -> true;
        };
    }

    private void start(@Nullable Slice message) {
        for (Member member : Member.of(message)) {
            switch (member.name()) {
                case CONTENT -> top.putIfAbsent(CONTENT, new Grown.Elements());
                case USAGE -> usage(member.value());
                default -> growth.latest(top, member.name(), member.value());
            }
        }
    }

    private void begin(long index, @Nullable Slice block) {
        Block fresh = new Block(growth.begin(), new Bytes());
        blocks.put(index, fresh);
        for (Member member : Member.of(block)) {
            if (member.value().isString() && !member.name().equals(TYPE)) {
                growth.join(fresh.members, member.name(), member.value());
            } else {
                growth.latest(fresh.members, member.name(), member.value());
            }
        }
    }

    private boolean delta(@Nullable Block block, @Nullable Slice delta) {
        if (block == null) {
            return false;
        }
        for (Member member : Member.of(delta)) {
            Slice value = member.value();
            switch (member.name()) {
                case TYPE -> {}
                case "partial_json" -> {
                    if (value.isString()) {
                        growth.append(block.partial, value.inside());
                    }
                }
                case "citation" -> growth.add(block.members, "citations", value);
                case "signature" -> growth.latest(block.members, member.name(), value);
                default -> growth.join(block.members, member.name(), value);
            }
        }
        return true;
    }

    private void messageDelta(MessageEvent event) {
        for (Member member : event.members()) {
            switch (member.name()) {
                case TYPE -> {}
                case "delta" -> {
                    for (Member inner : Member.of(member.value())) {
                        growth.latest(top, inner.name(), inner.value());
                    }
                }
                case USAGE -> usage(member.value());
                default -> growth.latest(top, member.name(), member.value());
            }
        }
    }

    private void usage(Slice counts) {
        top.putIfAbsent(USAGE, usage);
        for (Member member : Member.of(counts)) {
            growth.latest(usage, member.name(), member.value());
        }
    }
}
