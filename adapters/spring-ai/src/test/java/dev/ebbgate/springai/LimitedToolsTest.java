package dev.ebbgate.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.SettingsByTool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.AssistantMessage.ToolCall;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.DefaultToolCallingManager;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.execution.ToolExecutionException;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Spring AI's own tool calling, whose tools are under limits.
@Timeout(60)
class LimitedToolsTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final SettingsByTool SETTINGS =
            SettingsByTool.of(Duration.ofSeconds(30)).with("search", SHORT);

    private final ToolRuntime runtime = ToolRuntime.create();
    private final LimitedTools limited = LimitedTools.on(runtime, SETTINGS);
    private final Travel travel = new Travel();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    @DisplayName("S1, S2: a method that hangs ends by its own limit; each call id has one result")
    void methodHangs_theModelIsToldOnTime_andTheOthersHaveTheirResults() throws Exception {
        long start = System.nanoTime();

        List<ToolResponse> responses =
                responses(
                        call("1", "weather", "{\"city\":\"Ghent\"}"),
                        call("2", "search", "{\"query\":\"hotels\"}"),
                        call("3", "cities", "{}"));

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        assertThat(responses.stream().map(ToolResponse::id)).containsExactly("1", "2", "3");
        assertThat(responses.get(0).responseData()).isEqualTo("\"sunny in Ghent\"");
        assertThat(responses.get(1).responseData())
                .contains("did not end within its time", "limit total is 400ms");
        assertThat(responses.get(2).responseData()).contains("Ghent", "ann");
        assertThat(travel.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void methodThrows_theModelIsToldAsSpringAiDoes() {
        List<ToolResponse> responses =
                responses(call("1", "book", "{\"nights\":9}"), call("2", "book", "{\"nights\":2}"));

        assertThat(responses.get(0).responseData()).isEqualTo("at most 7 nights");
        assertThat(responses.get(1).responseData())
                .isEqualTo(unlimited("book").call("{\"nights\":2}"));
    }

    @Test
    void methodThrowsWhatIsChecked_theCallerGetsIt() {
        assertThatExceptionOfType(ToolExecutionException.class)
                .isThrownBy(() -> responses(call("1", "pay", "{}")))
                .withCauseInstanceOf(IOException.class)
                .satisfies(error -> assertThat(error.getToolDefinition().name()).isEqualTo("pay"));
    }

    @Test
    void toolReturnsDirectly_itStillDoes() {
        assertThat(result(call("1", "ticket", "{}")).returnDirect()).isTrue();
        assertThat(result(call("1", "weather", "{\"city\":\"x\"}")).returnDirect()).isFalse();
    }

    @Test
    void limitForAMethodThatIsNotThere_isRefused() {
        LimitedTools misspelt = LimitedTools.on(runtime, SETTINGS.with("serch", SHORT));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> misspelt.of(travel))
                .withMessage(
                        "no tool is named serch;"
                                + " there are: book, cities, pay, search, ticket, weather");
    }

    @Test
    void callerIsInterrupted_theMethodEnds() throws Exception {
        ToolCallback search = named("search", limited.of(travel));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(ToolExecutionException.class)
                .isThrownBy(() -> search.call("{\"query\":\"a\"}"))
                .withCauseInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runtime.drain(Duration.ofSeconds(20))).isEmpty();
    }

    private List<ToolResponse> responses(ToolCall... calls) {
        var last = result(calls).conversationHistory().getLast();
        return ((ToolResponseMessage) last).getResponses();
    }

    private ToolExecutionResult result(ToolCall... calls) {
        Prompt prompt =
                new Prompt(
                        new UserMessage("go"),
                        ToolCallingChatOptions.builder()
                                .toolCallbacks(limited.of(travel))
                                .toolContext(Map.of("traveller", "ann"))
                                .build());
        AssistantMessage asked = AssistantMessage.builder().toolCalls(List.of(calls)).build();
        return DefaultToolCallingManager.builder()
                .build()
                .executeToolCalls(prompt, new ChatResponse(List.of(new Generation(asked))));
    }

    private ToolCallback unlimited(String name) {
        return named(name, ToolCallbacks.from(travel));
    }

    private static ToolCallback named(String name, ToolCallback... tools) {
        return Arrays.stream(tools)
                .filter(tool -> tool.getToolDefinition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ToolCall call(String id, String name, String arguments) {
        return new ToolCall(id, "function", name, arguments);
    }
}
