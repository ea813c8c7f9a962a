package dev.ebbgate.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.ebbgate.tools.testing.VirtualTime;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class ToolMetersTest {

    private static final Duration TOTAL = Duration.ofSeconds(10);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ToolMeters meters = new ToolMeters(registry, 2);

    /// A gauge does not keep its runtime alive.
    private final List<ToolRuntime> runtimes = new ArrayList<>();

    private void play(Tool<String, String> tool) {
        VirtualTime time = new VirtualTime(1);
        ToolRuntime runtime = ToolRuntime.builder().time(time).listener(meters).build();
        meters.watch(runtime);
        runtimes.add(runtime);
        time.play(() -> {
            var call = runtime.start(tool, "secret", ToolOptions.DEFAULT);
            var _ = call.await();
            boolean _ = call.awaitTerminated(Duration.ofHours(1));
            runtime.close();
        });
    }

    private static Tool<String, String> sleeper(String name, Duration length) {
        return Tool.of(
                name,
                ToolSettings.of(TOTAL),
                (_, ctx) -> {
                    ctx.sleep(length);
                    return "secret";
                });
    }

    @Test
    void completedRun_isTimedByToolAndOutcome() {
        play(sleeper("fast", Duration.ofSeconds(3)));

        var runs = registry.get("ebbgate.tool.runs").tag("tool", "fast").timer();
        assertThat(runs.getId().getTag("outcome")).isEqualTo("completed");
        assertThat(runs.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(registry.get("ebbgate.tool.attempts").counter().count()).isEqualTo(1);
        assertThat(registry.find("ebbgate.tool.limits.fired").counter()).isNull();
    }

    @Test
    void limitThatFired_isCountedByItsPhase_withItsLateness() {
        play(sleeper("slow", Duration.ofMinutes(1)));

        var fired = registry.get("ebbgate.tool.limits.fired").tag("tool", "slow").counter();
        assertThat(fired.getId().getTag("limit")).isEqualTo("total");
        assertThat(fired.getId().getTag("phase")).isEqualTo("run");
        assertThat(fired.count()).isEqualTo(1);
        assertThat(registry.get("ebbgate.tool.lateness").timer().totalTime(TimeUnit.SECONDS))
                .isZero();
    }

    @Test
    void bodyThatIsGivenUp_isCounted_andTimedUntilItReallyEnds() {
        play(
                Tool.of(
                        "deaf",
                        ToolSettings.of(TOTAL).withMode(CancelMode.COOPERATIVE),
                        (_, ctx) -> {
                            long until = ctx.clock().nanoTime() + Duration.ofMinutes(1).toNanos();
                            while (ctx.clock().nanoTime() < until) {
                                ctx.clock().park(until);
                            }
                            return "late";
                        }));

        assertThat(registry.get("ebbgate.tool.abandoned").counter().count()).isEqualTo(1);
        assertThat(registry.get("ebbgate.tool.stopping").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(50);
        assertThat(runtimes).hasSize(1);
        assertThat(registry.get("ebbgate.tool.stuck").gauge().value()).isZero();
    }

    @Test
    void toolsBeyondTheBound_shareOneName() {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            play(sleeper(name, Duration.ofSeconds(1)));
        }

        assertThat(registry.get("ebbgate.tool.runs").timers())
                .extracting(timer -> timer.getId().getTag("tool"))
                .containsExactlyInAnyOrder("a", "b", "other");
    }
}
