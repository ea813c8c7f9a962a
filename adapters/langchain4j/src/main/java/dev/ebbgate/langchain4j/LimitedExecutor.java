package dev.ebbgate.langchain4j;

import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/// An executor that answers by its tool's limits, whatever the method does.
final class LimitedExecutor implements ToolExecutor {

    private final ToolRuntime runtime;
    private final ModelWords words;
    private final Tool<Asked, ToolExecutionResult> tool;

    /// What the model asks for.
    private record Asked(ToolExecutionRequest request, InvocationContext context) {
        @Override
        public String toString() {
            return "a request of the model";
        }
    }

    LimitedExecutor(
            ToolRuntime runtime,
            ModelWords words,
            String name,
            ToolSettings settings,
            ToolExecutor executor) {
        this.runtime = runtime;
        this.words = words;
        this.tool =
                Tool.of(
                        name,
                        settings.withRetryable(ofTheMethod(settings.retryable())),
                        (asked, _) -> whole(executor, asked));
    }

    /// LangChain4j wraps what a method throws.
    private static Predicate<Throwable> ofTheMethod(Predicate<Throwable> retryable) {
        return error ->
                retryable.test(
                        error instanceof ToolExecutionException && error.getCause() != null
                                ? error.getCause()
                                : error);
    }

    private static ToolExecutionResult whole(ToolExecutor executor, Asked asked) {
        ToolExecutionResult result = executor.executeWithContext(asked.request(), asked.context());
        List<?> _ = result.resultContents(); // written here, within the limits, not when first read
        return result;
    }

    @Override
    public String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
        InvocationContext context = InvocationContext.builder().chatMemoryId(memoryId).build();
        return executeWithContext(request, context).resultText();
    }

    @Override
    public ToolExecutionResult executeWithContext(
            ToolExecutionRequest request, InvocationContext context) {
        String id = Objects.requireNonNullElse(request.id(), "");
        try {
            return answer(runtime.settle(tool, new Asked(request, context), ToolOptions.call(id)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolExecutionException(e);
        }
    }

    private ToolExecutionResult answer(ToolCall<ToolExecutionResult> call)
            throws InterruptedException {
        return switch (call.await()) {
            case Outcome.Completed<ToolExecutionResult>(var result, var _) -> result;
            case Outcome.Failed<ToolExecutionResult>(var error, var _) -> throw thrown(error);
            default ->
                    ToolExecutionResult.builder()
                            .isError(true)
                            .resultText(words.of(call).text())
                            .build();
        };
    }

    /// As LangChain4j would have seen it.
    private static RuntimeException thrown(Throwable error) {
        return switch (error) {
            case RuntimeException it -> it;
            case Error it -> throw it;
            default -> new ToolExecutionException(error);
        };
    }
}
