package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RejectReason;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The shapes a run can take, in virtual time. What bodies are blocked in is in [BlockersTest], a
/// million races in [MailboxTest].
class ShapesTest {

    private static final ToolSettings TEN = ToolSettings.of(seconds(10));

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @Test
    @DisplayName("S12: normal: the result, its effects done, nothing left over")
    void bodyEndsInTime_itIsCompleted() {
        World.play(runtime -> {
            ToolCall<String> call = start(runtime, TEN, sleeping(9));

            assertThat(call.await().orThrow()).isEqualTo("slept");
            assertThat(call.awaitTerminated(Duration.ZERO)).isTrue();
            assertThat(call.effects()).isEqualTo(Effects.DONE);
        });
    }

    @Test
    @DisplayName("S12: timed out: at the limit exactly, and the body is stopped")
    void bodyTakesLonger_itIsTimedOut() {
        World.play(runtime -> {
            ToolCall<String> call = start(runtime, TEN, sleeping(11));

            assertThat(call.await().report().elapsedNanos()).isEqualTo(seconds(10).toNanos());
            assertThat(call.awaitTerminated(Duration.ofMillis(1))).isTrue();
            assertThat(call.effects()).isEqualTo(Effects.STOPPED);
        });
    }

    @Test
    @DisplayName("S12: finished exactly at the limit: one outcome, whoever goes first")
    void bodyEndsAtTheLimit_thereIsOneOutcome() {
        for (long seed = 0; seed < 300; seed++) {
            World world = new World(seed);
            int left =
                    world.playOn(runtime -> {
                        ToolCall<String> call = start(runtime, TEN, sleeping(10));
                        boolean _ = call.awaitTerminated(seconds(30));
                    });

            assertThat(left).as("seed %d", seed).isZero();
            assertThat(world.settled("t")).as("seed %d", seed).hasSize(1);
        }
    }

    @Test
    @DisplayName("S12: timeout mid-stream: the parts before it are kept")
    void limitFiresMidStream_thePartsAreKept() {
        World.play(runtime -> {
            ToolCall<String> call =
                    start(
                            runtime,
                            TEN,
                            (_, ctx) -> {
                                for (int i = 1; true; i++) {
                                    ctx.emit(i);
                                    ctx.sleep(seconds(3));
                                }
                            });

            assertThat(call.await()).isInstanceOf(Outcome.TimedOut.class);
            assertThat(call.await().partials()).containsExactly(1, 2, 3, 4);
        });
    }

    @Test
    @DisplayName("S12: partial, then hang: the idle limit fires, the part is kept")
    void bodyFallsSilentAfterAPart_idleFires() {
        ToolSettings idle = TEN.withLimits(ToolLimits.of(seconds(10)).withIdle(seconds(2)));
        World.play(runtime -> {
            ToolCall<String> call =
                    start(
                            runtime,
                            idle,
                            (_, ctx) -> {
                                ctx.sleep(seconds(1));
                                ctx.emit("part");
                                World.ignore(seconds(60));
                                return "never";
                            });

            Outcome<String> outcome = call.await();

            assertThat(fired(outcome).limit()).isEqualTo(ToolLimit.IDLE);
            assertThat(outcome.report().elapsedNanos()).isEqualTo(seconds(3).toNanos());
            assertThat(outcome.partials()).containsExactly("part");
            assertThat(call.awaitTerminated(seconds(90))).isTrue();
        });
    }

    @Test
    @DisplayName("S12: with cleanup: it runs although the limit fired")
    void limitFires_theCleanupRuns() {
        World.play(runtime -> {
            ToolCall<String> call =
                    start(
                            runtime,
                            TEN,
                            (_, ctx) -> {
                                ctx.onCleanup("note", () -> notes.add("cleaned"));
                                ctx.sleep(seconds(60));
                                return "never";
                            });

            assertThat(call.await()).isInstanceOf(Outcome.TimedOut.class);
            assertThat(call.awaitTerminated(seconds(1))).isTrue();
            assertThat(notes).containsExactly("cleaned");
        });
    }

    @Test
    @DisplayName("S12: ignores cancellation, 100 × over: on time all the same, given up, counted")
    void bodyIgnoresCancellation_itIsGivenUp() {
        World.play(runtime -> {
            ToolCall<String> call =
                    start(
                            runtime,
                            TEN,
                            (_, _) -> {
                                World.ignore(seconds(1_000));
                                return "at last";
                            });

            assertThat(call.await().report().elapsedNanos()).isEqualTo(seconds(10).toNanos());
            assertThat(call.awaitTerminated(seconds(60))).isFalse();
            assertThat(runtime.abandoned()).hasSize(1);
            assertThat(call.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
            assertThat(call.awaitTerminated(seconds(1_000))).isTrue();
            assertThat(runtime.abandoned()).isEmpty();
        });
    }

    @Test
    @DisplayName("S12: cascade under exhaustion: what hangs costs its own places and no others")
    void hangingToolUsesUpItsPlaces_othersGoOn() {
        ToolSettings few = TEN.withCapacity(Capacity.of(3, 2));
        Tool<String, String> hanging = Tool.of("hanging", few, stuck(100));
        Tool<String, String> good = Tool.of("good", few, sleeping(1));
        World.play(runtime -> {
            List<ToolCall<String>> calls = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                calls.add(runtime.start(hanging, "", ToolOptions.DEFAULT));
            }

            assertThat(runtime.start(good, "", ToolOptions.DEFAULT).await().orThrow())
                    .isEqualTo("slept");
            List<String> outcomes = new ArrayList<>();
            for (ToolCall<String> call : calls) {
                outcomes.add(call.await().decision().key());
            }
            assertThat(outcomes.subList(0, 3)).containsOnly("timed out");
            assertThat(outcomes.subList(5, 10)).containsOnly("rejected");
            pass(runtime, seconds(10));
            assertThat(runtime.start(hanging, "", ToolOptions.DEFAULT).await().decision())
                    .isEqualTo(new Decision.Rejected(RejectReason.ABANDONED));
            for (ToolCall<String> call : calls) {
                assertThat(call.awaitTerminated(seconds(200))).isTrue();
            }
        });
    }

    @Test
    @DisplayName("S12: slow heartbeat: within the limit it lives, beyond it it does not")
    void heartbeatsAreSlow_theLimitDecides() {
        assertThat(beating(Duration.ofMillis(1_999))).isEqualTo(ToolLimit.TOTAL);
        assertThat(beating(Duration.ofMillis(2_001))).isEqualTo(ToolLimit.IDLE);
    }

    @Test
    @DisplayName("S10, S12: a retry that cannot end in time is not begun")
    void noTimeForAnotherAttempt_noneBegins() {
        ToolSettings settings =
                TEN.withLimits(ToolLimits.of(seconds(10)).withAttempt(seconds(4)))
                        .withRetry(RetryPolicy.of(9).withNeeds(Span.ofSeconds(4)));
        World world =
                World.play(runtime -> {
                    Outcome<String> outcome = start(runtime, settings, sleeping(60)).await();

                    assertThat(fired(outcome).limit()).isEqualTo(ToolLimit.ATTEMPT);
                });

        assertThat(world.kinds().stream().filter("AttemptStarted"::equals)).hasSize(2);
    }

    /// What it costs on a real clock is measured by `bench/tools`.
    @Test
    @DisplayName("S11: 100 time out at once: each on time, each told, nothing left, and it replays")
    void hundredTimeOutAtOnce_noneIsLateOrSilent() {
        World first = hundredAtOnce();

        assertThat(first.settled("t")).hasSize(100).allMatch(Decision.TimedOut.class::isInstance);
        assertThat(first.kinds().stream().filter("Terminated"::equals)).hasSize(100);
        assertThat(hundredAtOnce().events).isEqualTo(first.events);
    }

    private static World hundredAtOnce() {
        ToolSettings many = TEN.withCapacity(Capacity.of(100, 0));
        return World.play(runtime -> {
            List<ToolCall<String>> calls = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                calls.add(start(runtime, many, sleeping(60)));
            }
            for (ToolCall<String> call : calls) {
                assertThat(call.await().report().elapsedNanos()).isEqualTo(seconds(10).toNanos());
                assertThat(call.awaitTerminated(seconds(1))).isTrue();
            }
        });
    }

    private static ToolLimit beating(Duration pause) {
        ToolSettings idle = TEN.withLimits(ToolLimits.of(seconds(10)).withIdle(seconds(2)));
        List<ToolLimit> fired = new ArrayList<>();
        World.play(runtime -> {
            ToolCall<String> call =
                    start(
                            runtime,
                            idle,
                            (_, ctx) -> {
                                while (true) {
                                    ctx.sleep(pause);
                                    ctx.heartbeat();
                                }
                            });
            fired.add(fired(call.await()).limit());
        });
        return fired.getFirst();
    }

    private static ToolCall<String> start(
            ToolRuntime runtime, ToolSettings settings, Tool.Body<String, String> body) {
        return runtime.start(Tool.of("t", settings, body), "", ToolOptions.DEFAULT);
    }

    private static FiredLimit fired(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
        return ((Outcome.TimedOut<?>) outcome).fired();
    }

    private static Tool.Body<String, String> sleeping(long count) {
        return (_, ctx) -> {
            ctx.sleep(seconds(count));
            return "slept";
        };
    }

    private static Tool.Body<String, String> stuck(long count) {
        return (_, _) -> {
            World.ignore(seconds(count));
            return "at last";
        };
    }

    private static void pass(ToolRuntime runtime, Duration span) {
        long until = runtime.clock().nanoTime() + span.toNanos();
        while (runtime.clock().nanoTime() - until < 0) {
            runtime.clock().park(until);
        }
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
