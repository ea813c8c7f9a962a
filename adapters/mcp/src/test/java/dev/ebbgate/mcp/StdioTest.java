package dev.ebbgate.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server behind pipes: how its calls end, and how it does.
class StdioTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final ToolRuntime runtime = ToolRuntime.create();
    private Heard heard = new Heard(Path.of("none"));
    private McpServer server;

    @BeforeEach
    void start() throws Exception {
        heard = new Heard(folder.resolve("heard"));
        server = McpServer.start(command(heard.file()), McpLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        runtime.close();
        server.close();
    }

    static ProcessBuilder command(Path heard, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Path.of("target/test-classes").toAbsolutePath().toString(),
                                ScriptedStdioServer.class.getName(),
                                heard.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command);
    }

    private ToolCall<String> call(String tool, ToolLimits limits) {
        return runtime.start(
                server.tool(tool, ToolSettings.of(limits)), Map.of(), ToolOptions.call("call_1"));
    }

    private static ToolLimits total(Duration total) {
        return ToolLimits.of(total);
    }

    @Test
    void answer_isItsText_andNothingIsCancelled() throws Exception {
        Outcome<String> outcome = call("echo", total(LONG)).await();

        assertThat(outcome.orThrow()).isEqualTo("an answer");
        assertThat(heard.exactly(0, Heard.CANCELLED)).isEmpty();
    }

    @Test
    void serverThatReadsNoMore_isLeftAllTheSame() throws Exception {
        ToolCall<String> deaf = call("deaf", total(LONG));
        heard.of("tools/call");
        String more = "x".repeat(1_000_000);
        ToolCall<String> stuck =
                runtime.start(
                        server.tool("echo", ToolSettings.of(LONG)),
                        Map.of("text", more),
                        ToolOptions.DEFAULT);
        long start = System.nanoTime();

        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONG.dividedBy(2));
        assertThat(deaf.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(stuck.await()).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void argumentsAsJson_arriveAsTheyAre() throws Exception {
        var tool = server.jsonTool("echo", ToolSettings.of(LONG));

        runtime.start(tool, "{\"path\":\"a\"}", ToolOptions.DEFAULT).await().orThrow();

        assertThat(heard.of("tools/call").getFirst()).contains("\"arguments\":{\"path\":\"a\"}");
    }

    @Test
    void toolThatSaysItFailed_failsTheRunInItsOwnWords() throws Exception {
        Outcome<String> outcome = call("fail", total(LONG)).await();

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed<String>) outcome).error())
                .isInstanceOf(McpToolException.class)
                .hasMessage("the disk is full");
        assertThat(outcome.text()).doesNotContain("disk");
    }

    @Test
    void callThatTheServerRefuses_failsTheRun() throws Exception {
        Outcome<String> outcome = call("refuse", total(LONG)).await();

        assertThat(((Outcome.Failed<String>) outcome).error())
                .isInstanceOf(McpToolException.class)
                .hasMessage("no such tool");
    }

    @Test
    void progress_renewsIdleButNeverTotal_andOneCancellationFollows() throws Exception {
        ToolLimits limits = total(Duration.ofSeconds(3)).withIdle(Duration.ofSeconds(2));

        ToolCall<String> call = call("busy", limits);

        assertThat(fired(call.await())).isEqualTo(ToolLimit.TOTAL);
        assertThat(call.awaitTerminated(LONG)).isTrue();
        assertThat(heard.exactly(1, Heard.CANCELLED))
                .singleElement()
                .asString()
                .contains("\"requestId\":\"" + Script.id(heard.of("tools/call").getFirst()) + "\"")
                .contains("timed out: total");
    }

    @Test
    void silence_firesIdle_andOneCancellationFollows() throws Exception {
        ToolCall<String> call = call("hang", total(LONG).withIdle(Duration.ofMillis(300)));

        assertThat(fired(call.await())).isEqualTo(ToolLimit.IDLE);
        assertThat(heard.exactly(1, Heard.CANCELLED)).hasSize(1);
    }

    @Test
    void callerThatLeaves_isToldToTheServerOnce_alsoWithoutInterrupts() throws Exception {
        ToolSettings settings = ToolSettings.of(LONG).withMode(CancelMode.COOPERATIVE);
        var call = runtime.start(server.tool("hang", settings), Map.of(), ToolOptions.DEFAULT);
        assertThat(Heard.eventually(() -> heard.of("tools/call").size() == 1)).isTrue();

        call.cancel(CancelReason.CALLER);
        call.cancel(CancelReason.OPERATOR);

        assertThat(call.await()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(call.awaitTerminated(LONG)).isTrue();
        assertThat(heard.exactly(1, Heard.CANCELLED))
                .singleElement()
                .asString()
                .contains("cancelled: caller");
    }

    @Test
    void eachAttempt_isCancelledOnItsOwn() throws Exception {
        ToolSettings settings =
                ToolSettings.of(total(LONG).withAttempt(Duration.ofMillis(300)))
                        .withRetry(RetryPolicy.of(2));

        var call = runtime.start(server.tool("hang", settings), Map.of(), ToolOptions.DEFAULT);

        assertThat(fired(call.await())).isEqualTo(ToolLimit.ATTEMPT);
        assertThat(heard.exactly(2, Heard.CANCELLED)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void lateAnswer_changesNothing_andTheNextCallIsAnswered() throws Exception {
        ToolCall<String> late = call("late", total(Duration.ofMillis(500)));
        assertThat(fired(late.await())).isEqualTo(ToolLimit.TOTAL);
        assertThat(heard.exactly(1, Heard.CANCELLED)).hasSize(1);

        Outcome<String> next = call("echo", total(LONG)).await();

        assertThat(next.orThrow()).isEqualTo("an answer");
        assertThat(late.outcome()).isInstanceOf(Outcome.TimedOut.class);
    }

    @Test
    void serverThatDies_failsCallsAtOnce_alsoThoseToCome() throws Exception {
        ToolCall<String> waiting = call("hang", total(LONG));
        assertThat(Heard.eventually(() -> heard.of("tools/call").size() == 1)).isTrue();

        Outcome<String> dead = call("die", total(LONG)).await();

        assertThat(((Outcome.Failed<String>) dead).error())
                .isInstanceOf(McpServerException.class)
                .hasMessage("the MCP server has ended");
        assertThat(waiting.await()).isInstanceOf(Outcome.Failed.class);
        assertThat(call("echo", total(LONG)).await()).isInstanceOf(Outcome.Failed.class);
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void whatIsNoServer_isToldAtOnce() {
        assertThatThrownBy(() -> McpServer.start(new ProcessBuilder("true"), McpLimits.DEFAULT))
                .isInstanceOf(McpServerException.class)
                .hasMessage("the MCP server did not introduce itself");
    }

    @Test
    void serverThatDoesNotIntroduceItself_isEndedAfterStart() {
        McpLimits limits = McpLimits.DEFAULT.withStart(Duration.ofMillis(300));

        assertThatThrownBy(() -> McpServer.start(new ProcessBuilder("sleep", "300"), limits))
                .isInstanceOf(McpServerException.class)
                .hasMessage("the MCP server did not introduce itself within 300ms (limit start)");
    }

    private static ToolLimit fired(Outcome<String> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        var fired = ((Outcome.TimedOut<String>) outcome).fired();
        assertThat(fired.elapsedNanos()).isGreaterThanOrEqualTo(fired.value().nanos());
        return fired.limit();
    }
}
