package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Calls that have one run, in virtual time. Its body takes five seconds.
class SharedCallTest {

    private static final ToolOptions KEY = ToolOptions.DEFAULT.withIdempotencyKey("k");

    private final AtomicInteger bodies = new AtomicInteger();
    private final Tool<String, String> five =
            Tool.of(
                    "five",
                    ToolSettings.of(seconds(10)).withDuplicates(Duplicates.JOINED),
                    (_, ctx) -> {
                        bodies.incrementAndGet();
                        ctx.emit("part");
                        ctx.sleep(seconds(5));
                        return "done";
                    });

    @Test
    @DisplayName("law 2: whoever joined waits no longer than it said")
    void joinerRunsOutOfItsTime_theRunGoesOn() {
        World world =
                World.play(runtime -> {
                    var first = runtime.start(five, "", KEY);
                    pass(runtime, seconds(1));
                    long start = runtime.clock().nanoTime();
                    var joiner = runtime.start(five, "", KEY.withTotal(seconds(2)));

                    Outcome<String> outcome = joiner.await();

                    assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(2).toNanos());
                    assertThat(outcome.limit().orElseThrow().owner()).isEqualTo("call options");
                    assertThat(outcome.partials()).containsExactly("part");
                    assertThat(joiner.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
                    assertThat(first.await().orThrow()).isEqualTo("done");
                    assertThat(joiner.outcome()).isSameAs(outcome);
                });
        assertThat(bodies).hasValue(1);
        assertThat(world.runtime.load()).isEqualTo(new ToolRuntime.Load(0, 0, 0, 0, 0, 0));
    }

    @Test
    void oneCancels_theOthersHaveTheirResult() {
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY);
            var second = runtime.start(five, "", KEY);
            var third = runtime.start(five, "", KEY);

            first.cancel(CancelReason.CALLER);
            third.cancel(CancelReason.OPERATOR);

            assertThat(first.await().decision())
                    .isEqualTo(new Decision.Cancelled(CancelReason.CALLER));
            assertThat(third.chain())
                    .containsExactly(new Decision.Cancelled(CancelReason.OPERATOR));
            assertThat(second.await().orThrow()).isEqualTo("done");
        });
        assertThat(bodies).hasValue(1);
    }

    @Test
    void allCancel_theRunEnds() {
        World world =
                World.play(runtime -> {
                    var first = runtime.start(five, "", KEY);
                    var second = runtime.start(five, "", KEY);
                    pass(runtime, seconds(1));
                    long start = runtime.clock().nanoTime();

                    first.cancel(CancelReason.CALLER);
                    second.cancel(CancelReason.OPERATOR);

                    assertThat(second.awaitTerminated(seconds(60))).isTrue();
                    assertThat(runtime.clock().nanoTime()).isEqualTo(start);
                });
        assertThat(world.settled("five"))
                .containsExactly(new Decision.Cancelled(CancelReason.OPERATOR));
    }

    @Test
    @DisplayName("law 4: whoever joined from within a run ends with that run")
    void runThatJoinedEnds_itsCallEndsWithIt() {
        Tool<String, String> outer =
                Tool.of(
                        "outer",
                        ToolSettings.of(seconds(2)),
                        (_, ctx) -> ctx.child(five, "", KEY).orThrow());
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY);
            var joining = runtime.start(outer, "", ToolOptions.DEFAULT);
            pass(runtime, seconds(1));

            joining.cancel(CancelReason.CALLER);

            assertThat(joining.awaitTerminated(seconds(1))).isTrue();
            assertThat(first.await().orThrow()).isEqualTo("done");
        });
    }

    @Test
    @DisplayName("law 11: a batch is over when what it joined is")
    void batchOfCallsThatJoin_hasAllItsOutcomes() {
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY);
            List<ToolRequest<?, ?>> requests =
                    List.of(
                            new ToolRequest<>(five, "", KEY.withCallId("a")),
                            new ToolRequest<>(five, "", KEY.withCallId("b")));

            var outcomes = runtime.batch(requests, BatchRule.WAIT_ALL);

            assertThat(outcomes.keySet()).containsExactly("a", "b");
            assertThat(outcomes.values()).containsOnly(first.await());
        });
        assertThat(bodies).hasValue(1);
    }

    private static void pass(ToolRuntime runtime, Duration duration) {
        runtime.clock().park(runtime.clock().nanoTime() + duration.toNanos());
    }

    private static Duration seconds(int value) {
        return Duration.ofSeconds(value);
    }
}
