package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

/// What is to be known of a message to continue it: which block is open, and the next one's number.
final class AnthropicAccount implements Transcript.Account {

    static final int NONE = -1;

    private long open = NONE;
    private long next;

    @Override
    public @Nullable String read(EventFields event, StringBuilder text) {
        MessageEvent read = MessageEvent.of(event);
        return switch (read.type()) {
            case "content_block_start" -> begin(read, text);
            case "content_block_delta" -> delta(read, text);
            case "content_block_stop" -> {
                open = NONE;
                yield null;
            }
            case "message_delta" -> {
                Slice reason = read.member("delta", "stop_reason");
                yield reason == null || reason.saysNothing() ? null : "the answer is finished";
            }
            default -> null;
        };
    }

    @Override
    public Transcript.Sequel sequel(Overlap overlap, EventReader.Sink client) {
        return new AnthropicSequel(open, next, overlap, client);
    }

    private @Nullable String begin(MessageEvent event, StringBuilder text) {
        next = event.index() + 1;
        return switch (event.word("content_block", "type")) {
            case "text" -> {
                open = event.index();
                text.append(event.word("content_block", "text"));
                yield null;
            }
            case "thinking", "redacted_thinking" -> "thinking has been sent";
            default -> "a tool call has begun";
        };
    }

    private static @Nullable String delta(MessageEvent event, StringBuilder text) {
        if (!event.word("delta", "type").equals("text_delta")) {
            return "the content is more than text";
        }
        text.append(event.word("delta", "text"));
        return null;
    }
}
