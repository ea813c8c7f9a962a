package dev.ebbgate.tools.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.ebbgate.tools.testing.VirtualTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class RunLogTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final ToolSettings SETTINGS = ToolSettings.of(Duration.ofSeconds(10));

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private void play(Tool<String, String> tool) {
        VirtualTime time = new VirtualTime(1);
        ToolRuntime runtime =
                ToolRuntime.builder()
                        .time(time)
                        .listener(new RunLog(lines::add, () -> NOON))
                        .build();
        time.play(() -> {
            var call = runtime.start(tool, "secret", ToolOptions.call("call \"1\""));
            var _ = call.await();
            boolean _ = call.awaitTerminated(Duration.ofHours(1));
            runtime.close();
        });
    }

    @Test
    void completedRun_isOneLine_withNeitherArgumentsNorResults() {
        play(
                Tool.of(
                        "t",
                        SETTINGS,
                        (_, ctx) -> {
                            ctx.sleep(Duration.ofSeconds(1));
                            return "secret";
                        }));

        assertThat(lines)
                .containsExactly(
                        """
                        {"at":"2026-01-02T12:00:00Z","run":1,"parent":0,"tool":"t",\
                        "call_id":"call \\"1\\"","outcome":"completed","reason":"completed",\
                        "attempts":1,"elapsed_ms":1000,"stopping_ms":0,"effects":"done"}\
                        """);
    }

    @Test
    void limitThatFired_isNamedWithItsSource() {
        play(
                Tool.of(
                        "t",
                        SETTINGS,
                        (_, ctx) -> {
                            ctx.sleep(Duration.ofMinutes(1));
                            return "late";
                        }));

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"reason\":\"timed out: total\"", "\"elapsed_ms\":10000")
                .contains("\"effects\":\"stopped\"")
                .endsWith(
                        """
                        "limit":"total","limit_value":"10s","limit_source":"tool t","phase":"run"}\
                        """);
    }

    @Test
    void bodyThatIsGivenUp_isOneLineThatSaysSo() {
        play(
                Tool.of(
                        "t",
                        SETTINGS.withMode(CancelMode.COOPERATIVE),
                        (_, ctx) -> {
                            long until = ctx.clock().nanoTime() + Duration.ofMinutes(1).toNanos();
                            while (ctx.clock().nanoTime() < until) {
                                ctx.clock().park(until);
                            }
                            return "late";
                        }));

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"effects\":\"unknown_still_running\"");
    }
}
