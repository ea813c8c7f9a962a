package dev.ebbgate.springai;

import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ToolContext;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.definition.ToolDefinition;
import org.springframework.ai.tool.execution.ToolExecutionException;
import org.springframework.ai.tool.metadata.ToolMetadata;

import java.util.function.Predicate;

/// A tool that answers by its limits, whatever its method does.
final class LimitedCallback implements ToolCallback {

    private final ToolRuntime runtime;
    private final ModelWords words;
    private final ToolCallback callback;
    private final Tool<Asked, String> tool;

    /// What the model asks for.
    private record Asked(String input, @Nullable ToolContext context) {
        @Override
        public String toString() {
            return "a request of the model";
        }
    }

    LimitedCallback(
            ToolRuntime runtime, ModelWords words, ToolSettings settings, ToolCallback callback) {
        this.runtime = runtime;
        this.words = words;
        this.callback = callback;
        this.tool =
                Tool.of(
                        callback.getToolDefinition().name(),
                        settings.withRetryable(ofTheMethod(settings.retryable())),
                        (asked, _) -> callback.call(asked.input(), asked.context()));
    }

    /// Spring AI wraps what a method throws.
    private static Predicate<Throwable> ofTheMethod(Predicate<Throwable> retryable) {
        return error ->
                retryable.test(
                        error instanceof ToolExecutionException && error.getCause() != null
                                ? error.getCause()
                                : error);
    }

    @Override
    public ToolDefinition getToolDefinition() {
        return callback.getToolDefinition();
    }

    @Override
    public ToolMetadata getToolMetadata() {
        return callback.getToolMetadata();
    }

    @Override
    public String call(String input) {
        return call(input, null);
    }

    @Override
    public String call(String input, @Nullable ToolContext context) {
        try {
            return answer(runtime.settle(tool, new Asked(input, context), ToolOptions.DEFAULT));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolExecutionException(getToolDefinition(), e);
        }
    }

    private String answer(ToolCall<String> call) throws InterruptedException {
        return switch (call.await()) {
            case Outcome.Completed<String>(var result, var _) -> result;
            case Outcome.Failed<String>(var error, var _) -> throw thrown(error);
            default -> words.of(call).text();
        };
    }

    /// As Spring AI would have seen it.
    private RuntimeException thrown(Throwable error) {
        return switch (error) {
            case RuntimeException it -> it;
            case Error it -> throw it;
            default -> new ToolExecutionException(getToolDefinition(), error);
        };
    }
}
