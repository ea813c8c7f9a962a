package dev.ebbgate.langchain4j;

import dev.ebbgate.tools.stream.WatchedStream;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

import org.jspecify.annotations.Nullable;

/// Tells the watch what arrives, and the reader what the watch lets through.
final class WatchedHandler implements StreamingChatResponseHandler {

    private final StreamingChatResponseHandler reader;
    private final WatchedStream stream;
    private final Line line;

    /// Touched by the model's thread only, as it tells one thing after the other.
    private @Nullable ReadersHandle handle;

    WatchedHandler(StreamingChatResponseHandler reader, WatchedStream stream, Line line) {
        this.reader = reader;
        this.stream = stream;
        this.line = line;
    }

    @Override
    public void onPartialResponse(String partial) {
        stream.token(() -> reader.onPartialResponse(partial));
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        var own = new PartialResponseContext(ofReader(context.streamingHandle()));
        stream.token(() -> reader.onPartialResponse(partial, own));
    }

    @Override
    public void onPartialThinking(PartialThinking partial) {
        stream.token(() -> reader.onPartialThinking(partial));
    }

    @Override
    public void onPartialThinking(PartialThinking partial, PartialThinkingContext context) {
        var own = new PartialThinkingContext(ofReader(context.streamingHandle()));
        stream.token(() -> reader.onPartialThinking(partial, own));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial) {
        stream.token(() -> reader.onPartialToolCall(partial));
    }

    @Override
    public void onPartialToolCall(PartialToolCall partial, PartialToolCallContext context) {
        var own = new PartialToolCallContext(ofReader(context.streamingHandle()));
        stream.token(() -> reader.onPartialToolCall(partial, own));
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall whole) {
        stream.token(() -> reader.onCompleteToolCall(whole));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        stream.sign(() -> reader.onUnmappedRawEvent(event));
    }

    @Override
    public void onCompleteResponse(ChatResponse whole) {
        stream.complete(() -> reader.onCompleteResponse(whole));
    }

    @Override
    public void onError(Throwable error) {
        stream.fail(() -> reader.onError(error));
    }

    /// The first one is the line's as well: all of them end the same call.
    private StreamingHandle ofReader(StreamingHandle models) {
        ReadersHandle own = handle;
        if (own == null) {
            own = new ReadersHandle(models);
            handle = own;
            line.onHangUp(own::end);
        }
        return own;
    }

    /// What the reader cancels by. The watch has to know first: a model whose call is closed tells
    /// of that as of a failure. It then ends the call.
    private final class ReadersHandle implements StreamingHandle {

        private final StreamingHandle models;
        private volatile boolean cancelled;

        ReadersHandle(StreamingHandle models) {
            this.models = models;
        }

        @Override
        public void cancel() {
            cancelled = true;
            stream.cancel();
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        /// Some models cannot be cancelled; there may be another way.
        void end() {
            cancelled = true;
            try {
                models.cancel();
            } catch (UnsupportedFeatureException _) {
                // what still comes is dropped
            }
        }
    }
}
