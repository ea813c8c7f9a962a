package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.model.ModelResult;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

/// Law 12, as a model reads it.
class ModelResultsTest {

    private static final ToolSettings TEN = ToolSettings.of(Duration.ofSeconds(10));

    @Test
    @DisplayName("law 12: it ran to its end, so the model gets the result and no more")
    void completed_isTheResult() {
        World.play(runtime -> {
            ModelResult result = told(runtime, Tool.of("t", TEN, (_, _) -> "fish"));

            assertThat(result).isEqualTo(new ModelResult("call-1", "fish", false));
        });
    }

    @Test
    @DisplayName("law 12: it may still be running, and the model is told so")
    void bodyIgnoresEverything_mayStillBeRunning() {
        World.play(runtime -> {
            ModelResult result =
                    told(
                            runtime,
                            Tool.of(
                                    "t",
                                    TEN,
                                    (_, ctx) -> {
                                        ctx.emit("half a fish");
                                        World.ignore(Duration.ofSeconds(60));
                                        return "";
                                    }));

            assertThat(result.failed()).isTrue();
            assertThat(result.text())
                    .startsWith("The tool did not end within its time: 10s passed")
                    .contains("may still be running", "limit total is 10s")
                    .endsWith("(1 part, not the whole):\nhalf a fish");
        });
    }

    @Test
    @DisplayName("law 12: it ran and was stopped, as is known once it has terminated")
    void bodyWasStopped_isNotRunningAnyMore() {
        World.play(runtime -> {
            ToolCall<String> call = start(runtime, Tool.of("t", TEN, (_, _) -> hang()));
            boolean _ = call.awaitTerminated(Duration.ofSeconds(60));

            ModelResult result = ModelWords.DEFAULT.of(call);

            assertThat(result.text())
                    .contains("It ran and is not running any more")
                    .doesNotContain("may still");
        });
    }

    @Test
    @DisplayName("law 12: it did not run, and the model is told that it may call again")
    void noPlaceCameFree_didNotRun() {
        ToolSettings one =
                ToolSettings.of(
                                ToolLimits.of(Duration.ofSeconds(60))
                                        .withQueue(Duration.ofSeconds(3)))
                        .withCapacity(Capacity.of(1, 1));
        Tool<String, String> tool = Tool.of("t", one, (_, _) -> hang());
        World.play(runtime -> {
            ToolCall<String> first = start(runtime, tool);
            ModelResult waited = told(runtime, tool);
            ToolCall<String> waiting = start(runtime, tool);
            ModelResult refused = told(runtime, tool);

            assertThat(waited.text()).contains("No place came free", "It did not run");
            assertThat(refused.text()).contains("too many calls are waiting", "It did not run");
            boolean _ = first.awaitTerminated(Duration.ofSeconds(100));
            boolean _ = waiting.awaitTerminated(Duration.ofSeconds(100));
        });
    }

    @Test
    @DisplayName("law 11: one answer for each call id, in the order of the calls")
    void severalCalls_haveOneAnswerEach() {
        Tool<String, String> bad =
                Tool.of(
                        "bad",
                        TEN,
                        (_, _) -> {
                            throw new IllegalStateException("no such fish");
                        });
        Tool<String, String> good = Tool.of("good", TEN, (_, _) -> "fish");
        World.play(runtime -> {
            var calls =
                    runtime.settle(
                            List.of(
                                    ToolRequest.of(bad, "", "b"),
                                    ToolRequest.of(good, "", "a"),
                                    ToolRequest.of(good, "", "b")),
                            BatchRule.WAIT_ALL);

            List<ModelResult> results = ModelWords.DEFAULT.of(calls);

            assertThat(results.stream().map(ModelResult::callId)).containsExactly("b", "a");
            assertThat(results.getFirst().text()).startsWith("The tool failed: no such fish");
            assertThat(results.getLast().text()).isEqualTo("fish");
        });
    }

    @Test
    void longResult_isCutWithAMark() {
        ModelWords words = ModelWords.DEFAULT.withMost(500);
        World.play(runtime -> {
            ToolCall<String> call =
                    start(runtime, Tool.of("t", TEN, (_, _) -> "🐟".repeat(300) + "end"));

            String text = words.of(call).text();

            assertThat(text).hasSizeBetween(499, 500);
            assertThat(text).endsWith("🐟\n[cut here: the whole has 603 characters]");
        });
    }

    @Test
    void shapes_areThoseOfTheDialects() {
        ModelResult good = new ModelResult("c\"1", "a\nb\u0001 \ud83d", false);
        ModelResult bad = new ModelResult("c2", "no", true);

        assertThat(ModelResult.openAi(List.of(good, bad)))
                .isEqualTo(
                        """
                        [{"role":"tool","tool_call_id":"c\\"1","content":"a\\nb\\u0001 \\ud83d"},\
                        {"role":"tool","tool_call_id":"c2","content":"no"}]\
                        """);
        assertThat(ModelResult.anthropic(List.of(good, bad)))
                .isEqualTo(
                        """
                        {"role":"user","content":[\
                        {"type":"tool_result","tool_use_id":"c\\"1",\
                        "content":"a\\nb\\u0001 \\ud83d"},\
                        {"type":"tool_result","tool_use_id":"c2","content":"no","is_error":true}]}\
                        """);
    }

    private static String hang() throws InterruptedException {
        return World.awaitInterrupt();
    }

    private static ToolCall<String> start(ToolRuntime runtime, Tool<String, String> tool) {
        return runtime.start(tool, "", ToolOptions.call("call-1"));
    }

    private static ModelResult told(ToolRuntime runtime, Tool<String, String> tool)
            throws InterruptedException {
        return ModelWords.DEFAULT.of(start(runtime, tool));
    }
}
