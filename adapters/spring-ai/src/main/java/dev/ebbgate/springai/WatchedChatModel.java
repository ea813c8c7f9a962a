package dev.ebbgate.springai;

import dev.ebbgate.tools.stream.StreamWatch;
import dev.ebbgate.tools.stream.WatchedStream;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

import java.util.Objects;

/// A chat model whose streams are under watch. When a limit runs out the stream ends with a
/// [dev.ebbgate.tools.stream.StreamCutException] and the model's own is cancelled, which is where
/// its client closes the call.
///
/// What the model says is taken from it as it comes, and kept for a reader that asks for less:
/// otherwise the watch could not tell a slow reader from a silent model. Calls that are not
/// streamed pass as they are.
public final class WatchedChatModel implements ChatModel {

    private final ChatModel model;
    private final StreamWatch watch;

    public WatchedChatModel(ChatModel model, StreamWatch watch) {
        this.model = model;
        this.watch = watch;
    }

    @Override
    public ChatResponse call(Prompt prompt) {
        return model.call(prompt);
    }

    @Override
    public ChatOptions getOptions() {
        return model.getOptions();
    }

    @Override
    public Flux<ChatResponse> stream(Prompt prompt) {
        return Flux.create(reader -> watched(prompt, reader));
    }

    private void watched(Prompt prompt, FluxSink<ChatResponse> reader) {
        Disposable.Swap call = Disposables.swap();
        WatchedStream stream = watch.begin(name(prompt), call::dispose, reader::error);
        reader.onCancel(stream::cancel);
        Flux<ChatResponse> answer =
                Flux.defer(() -> model.stream(prompt)).contextWrite(reader.contextView());
        call.update(
                answer.subscribe(
                        part -> pass(part, stream, reader),
                        error -> stream.fail(() -> reader.error(error)),
                        () -> stream.complete(reader::complete)));
    }

    private static void pass(
            ChatResponse part, WatchedStream stream, FluxSink<ChatResponse> reader) {
        if (part.getResults().stream()
                .map(Generation::getOutput)
                .anyMatch(WatchedChatModel::says)) {
            stream.token(() -> reader.next(part));
        } else {
            stream.sign(() -> reader.next(part));
        }
    }

    /// Whether that is a part of the answer, and not merely a role or a count of tokens.
    private static boolean says(AssistantMessage message) {
        String text = message.getText();
        return (text != null && !text.isEmpty())
                || message.hasToolCalls()
                || !message.getMedia().isEmpty()
                || reasons(message.getMetadata().get("reasoningContent"));
    }

    private static boolean reasons(@Nullable Object reasoning) {
        return reasoning instanceof String text && !text.isEmpty();
    }

    private String name(Prompt prompt) {
        ChatOptions options = prompt.getOptions();
        String asked = options == null ? null : options.getModel();
        return Objects.requireNonNullElseGet(
                asked == null ? model.getOptions().getModel() : asked,
                () -> model.getClass().getSimpleName());
    }
}
