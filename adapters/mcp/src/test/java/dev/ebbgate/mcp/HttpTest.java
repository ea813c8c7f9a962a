package dev.ebbgate.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.tool.CancelReason;
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

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/// A server over streamable HTTP: how its calls end.
class HttpTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final McpLimits LIMITS = McpLimits.DEFAULT.withGrace(Duration.ofSeconds(1));

    private final ToolRuntime runtime = ToolRuntime.create();
    private ScriptedHttpServer peer;
    private McpServer server;

    @BeforeEach
    void connect() throws Exception {
        peer = new ScriptedHttpServer();
        server = McpServer.connect(peer.endpoint(), LIMITS);
    }

    @AfterEach
    void close() {
        runtime.close();
        server.close();
        peer.close();
    }

    private ToolCall<String> call(String tool, ToolLimits limits) {
        return runtime.start(
                server.tool(tool, ToolSettings.of(limits)), Map.of(), ToolOptions.call("call_1"));
    }

    @Test
    void answer_isItsText_andNothingIsCancelled() throws Exception {
        Outcome<String> outcome = call("echo", ToolLimits.of(LONG)).await();

        assertThat(outcome.orThrow()).isEqualTo("an answer");
        assertThat(peer.heard(Heard.CANCELLED)).isEmpty();
    }

    @Test
    void progress_renewsIdleButNeverTotal_andTheStreamIsClosed() throws Exception {
        ToolLimits limits = ToolLimits.of(Duration.ofSeconds(3)).withIdle(Duration.ofSeconds(2));

        Outcome<String> outcome = call("busy", limits).await();

        assertThat(((Outcome.TimedOut<String>) outcome).fired().limit()).isEqualTo(ToolLimit.TOTAL);
        assertClosedAndToldOnce();
    }

    @Test
    void commentsOnTheStream_areNoSignsOfLife() throws Exception {
        Outcome<String> outcome =
                call("mute", ToolLimits.of(LONG).withIdle(Duration.ofMillis(300))).await();

        assertThat(((Outcome.TimedOut<String>) outcome).fired().limit()).isEqualTo(ToolLimit.IDLE);
        assertClosedAndToldOnce();
    }

    @Test
    void callerThatLeaves_closesTheStream() throws Exception {
        ToolCall<String> call = call("busy", ToolLimits.of(LONG));
        assertThat(Heard.eventually(() -> !peer.heard("tools/call").isEmpty())).isTrue();

        call.cancel(CancelReason.CALLER);

        assertThat(call.awaitTerminated(LONG)).isTrue();
        assertClosedAndToldOnce();
    }

    private void assertClosedAndToldOnce() throws InterruptedException {
        String id = Script.id(peer.heard("tools/call").getFirst());
        assertThat(Heard.eventually(() -> peer.closedStreams.contains(id))).isTrue();
        assertThat(Heard.eventually(() -> !peer.heard(Heard.CANCELLED).isEmpty())).isTrue();
        Thread.sleep(200);
        assertThat(peer.heard(Heard.CANCELLED))
                .singleElement()
                .asString()
                .contains("\"requestId\":\"" + id + "\"");
    }

    @Test
    void serverThatSendsNoHead_isLeftOnTime() throws Exception {
        ToolCall<String> call = call("headless", ToolLimits.of(Duration.ofMillis(500)));

        Outcome<String> outcome = call.await();

        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        assertThat(call.awaitTerminated(LONG)).isTrue();
        assertThat(Heard.eventually(() -> peer.heard(Heard.CANCELLED).size() == 1)).isTrue();
    }

    @Test
    void streamThatEndsUnanswered_failsTheRun() throws Exception {
        Outcome<String> outcome = call("broken", ToolLimits.of(LONG)).await();

        assertThat(((Outcome.Failed<String>) outcome).error())
                .isInstanceOf(McpServerException.class)
                .hasMessage("the MCP server ended the stream unanswered");
        assertThat(peer.heard(Heard.CANCELLED)).isEmpty();
    }

    @Test
    void serverThatDies_failsTheRun() throws Exception {
        ToolCall<String> call = call("busy", ToolLimits.of(LONG));
        assertThat(Heard.eventually(() -> !peer.heard("tools/call").isEmpty())).isTrue();

        peer.close();

        assertThat(((Outcome.Failed<String>) call.await()).error())
                .isInstanceOf(McpServerException.class);
    }

    @Test
    void closedServer_isTakenLeaveOf() {
        server.close();

        assertThat(peer.methods).contains("DELETE");
    }

    @Test
    void serverThatIsNotThere_isToldAtOnce() {
        URI nowhere = URI.create("http://127.0.0.1:1/mcp");

        assertThatThrownBy(() -> McpServer.connect(nowhere, McpLimits.DEFAULT))
                .isInstanceOf(McpServerException.class);
    }
}
