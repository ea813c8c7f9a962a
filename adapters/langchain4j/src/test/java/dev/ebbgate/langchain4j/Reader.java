package dev.ebbgate.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// Notes what it is told.
class Reader implements StreamingChatResponseHandler {

    final List<String> told = new CopyOnWriteArrayList<>();
    final CompletableFuture<StreamingHandle> handle = new CompletableFuture<>();
    private final CompletableFuture<Throwable> error = new CompletableFuture<>();
    private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        told.add(partial.text());
        handle.complete(context.streamingHandle());
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        told.add("whole");
        whole.complete(response);
    }

    @Override
    public void onError(Throwable cause) {
        told.add("error");
        error.complete(cause);
    }

    Throwable error() throws Exception {
        return error.get(20, TimeUnit.SECONDS);
    }

    ChatResponse whole() throws Exception {
        return whole.get(20, TimeUnit.SECONDS);
    }
}
