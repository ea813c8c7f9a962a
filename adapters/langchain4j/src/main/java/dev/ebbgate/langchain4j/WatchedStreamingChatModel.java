package dev.ebbgate.langchain4j;

import dev.ebbgate.tools.stream.StreamWatch;
import dev.ebbgate.tools.stream.WatchedStream;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// A streaming model whose answers are under watch. When a limit runs out the handler's `onError`
/// gets a [dev.ebbgate.tools.stream.StreamCutException], the model's call is cancelled, and nothing
/// of the answer follows.
///
/// LangChain4j lets a call be cancelled from its first partial response on. For it to be closed
/// before that too, give the model a [ClosableHttpClient]; without one it is told of on time all
/// the same, and closed when its first partial response arrives.
public final class WatchedStreamingChatModel implements StreamingChatModel {

    private final StreamingChatModel model;
    private final StreamWatch watch;

    public WatchedStreamingChatModel(StreamingChatModel model, StreamWatch watch) {
        this.model = model;
        this.watch = watch;
    }

    @Override
    public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
        watched(request, handler, watching -> model.chat(request, watching));
    }

    @Override
    public void chat(
            ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        watched(request, handler, watching -> model.chat(request, options, watching));
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        watched(request, handler, watching -> model.doChat(request, watching));
    }

    private void watched(
            ChatRequest request,
            StreamingChatResponseHandler reader,
            Consumer<StreamingChatResponseHandler> ask) {
        Line line = new Line();
        WatchedStream stream = watch.begin(name(request), line::hangUp, reader::onError);
        line.watchedBy(stream);
        try {
            ScopedValue.where(Line.CURRENT, line)
                    .run(() -> ask.accept(new WatchedHandler(reader, stream, line)));
        } catch (RuntimeException e) {
            if (stream.fail(() -> {})) {
                throw e;
            } // else the reader has been told already
        }
    }

    private String name(ChatRequest request) {
        String asked = request.parameters().modelName();
        return Objects.requireNonNullElseGet(
                asked == null ? model.defaultRequestParameters().modelName() : asked,
                () -> model.provider().name());
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return model.defaultRequestParameters();
    }

    @Override
    public List<ChatModelListener> listeners() {
        return model.listeners();
    }

    @Override
    public ModelProvider provider() {
        return model.provider();
    }

    @Override
    public Set<Capability> supportedCapabilities() {
        return model.supportedCapabilities();
    }
}
