package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.CancelReason;
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
import java.util.concurrent.atomic.AtomicReference;

/// The laws of the runtime, in virtual time.
class LawsTest {

    private static final ToolSettings TEN = ToolSettings.of(seconds(10));

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());

    @Test
    @DisplayName("law 1: one outcome; the first reason wins, the chain is kept")
    void cancelledThenTimedOut_isCancelled() {
        World.play(runtime -> {
            ToolCall<String> call = runtime.start(stubborn(20), "", ToolOptions.DEFAULT);
            call.cancel(CancelReason.CALLER);
            call.cancel(CancelReason.OPERATOR);

            Outcome<String> outcome = call.await();

            assertThat(outcome.decision()).isEqualTo(new Decision.Cancelled(CancelReason.CALLER));
            assertThat(call.chain()).hasSize(2);
        });
    }

    @Test
    @DisplayName("laws 2 and 3, S1: settled on time, terminated when the body has really ended")
    void bodyIgnoresEverything_isSettledOnTimeAndHoldsItsPlace() {
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();
            ToolCall<String> call = runtime.start(stubborn(60), "", ToolOptions.DEFAULT);

            FiredLimit fired = fired(call.await());

            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(10).toNanos());
            assertThat(fired.limit()).isEqualTo(ToolLimit.TOTAL);
            assertThat(call.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
            assertThat(runtime.load().taken()).isEqualTo(1);
            assertThat(call.awaitTerminated(seconds(20))).isFalse();
            assertThat(runtime.abandoned()).hasSize(1);
            assertThat(call.awaitTerminated(seconds(60))).isTrue();
            assertThat(call.effects()).isEqualTo(Effects.STOPPED);
        });
    }

    @Test
    @DisplayName(
            "law 3: abandoned bodies hold the tool's places; above that it is rejected at once")
    void everyPlaceIsHeldByAbandonedBodies_theNextIsRejected() {
        World.play(runtime -> {
            Tool<String, String> tool =
                    Tool.of("z", TEN.withCapacity(Capacity.of(1, 5)), stuck(60));
            ToolCall<String> first = runtime.start(tool, "", ToolOptions.DEFAULT);
            boolean _ = first.awaitTerminated(seconds(20));

            Outcome<String> next = runtime.start(tool, "", ToolOptions.DEFAULT).await();

            assertThat(next.decision()).isEqualTo(new Decision.Rejected(RejectReason.ABANDONED));
        });
    }

    @Test
    @DisplayName("law 4, S5, S6: a child gets what is left less a reserve, and names its owner")
    void childOutlivesItsParent_theParentsDeadlineIsNamed() {
        AtomicReference<Outcome<String>> inner = new AtomicReference<>();
        Tool<String, String> slow = Tool.of("inner", ToolSettings.of(seconds(100)), sleeping(50));
        Tool<String, String> outer =
                Tool.of(
                        "outer",
                        TEN,
                        (args, ctx) -> {
                            inner.set(ctx.child(slow, args, ToolOptions.DEFAULT));
                            return "reported";
                        });
        World.play(runtime -> {
            Outcome<String> outcome = runtime.start(outer, "", ToolOptions.call("c1")).await();

            assertThat(outcome.orThrow()).isEqualTo("reported");
            assertThat(fired(inner.get()).owner()).isEqualTo("tool outer call c1 run 1");
            assertThat(fired(inner.get()).value()).isEqualTo(Span.of(seconds(10).minusMillis(50)));
        });
    }

    @Test
    void totalOfTheCall_leavesTheToolsOtherLimits() {
        Tool<String, String> silent =
                Tool.of(
                        "silent",
                        ToolSettings.of(ToolLimits.of(seconds(60)).withIdle(seconds(5))),
                        (_, _) -> World.awaitInterrupt());
        World.play(runtime -> {
            ToolOptions options = ToolOptions.DEFAULT.withTotal(seconds(20));

            var outcome = runtime.start(silent, "", options).await();

            assertThat(outcome.text()).contains("(limit idle 5s from tool silent)");
        });
    }

    @Test
    @DisplayName("law 5, S9: heartbeats keep idle away, and never total")
    void bodyGivesSignsOfLife_totalFiresAllTheSame() {
        Tool<String, String> tool =
                Tool.of(
                        "beats",
                        TEN.withLimits(ToolLimits.of(seconds(10)).withIdle(seconds(2))),
                        (_, ctx) -> {
                            while (true) {
                                ctx.sleep(seconds(1));
                                ctx.heartbeat();
                            }
                        });
        World.play(runtime -> {
            Outcome<String> outcome = runtime.start(tool, "", ToolOptions.DEFAULT).await();

            assertThat(fired(outcome).limit()).isEqualTo(ToolLimit.TOTAL);
        });
    }

    @Test
    @DisplayName("law 6: idle stands still while a slow reader is waited for")
    void readerIsSlow_theProducerIsNotTakenToBeSilent() {
        Tool<String, String> tool =
                Tool.of(
                        "stream",
                        TEN.withLimits(ToolLimits.of(seconds(60)).withIdle(seconds(2))),
                        (_, ctx) -> {
                            for (int i = 0; i < 4; i++) {
                                ctx.emit(i);
                            }
                            return "all";
                        });
        World.play(runtime -> {
            ToolCall<String> call = runtime.start(tool, "", ToolOptions.DEFAULT.streamed(1));
            PartialReader reader = call.reader();
            List<Object> read = new ArrayList<>();
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                read.add(next.get());
                runtime.clock().park(runtime.clock().nanoTime() + seconds(5).toNanos());
            }

            assertThat(read).containsExactly(0, 1, 2, 3);
            assertThat(call.await().orThrow()).isEqualTo("all");
        });
    }

    @Test
    @DisplayName("law 7, S4: cleanups last in first out, on success too; failures are collected")
    void bodyReturns_cleanupsRunBackwards() {
        Tool<String, String> tool =
                Tool.of(
                        "cleans",
                        TEN,
                        (_, ctx) -> {
                            ctx.onCleanup("a", () -> notes.add("a"));
                            ctx.onCleanup(
                                    "b",
                                    () -> {
                                        notes.add("b");
                                        throw new IllegalStateException();
                                    });
                            ctx.onCleanup("c", () -> notes.add("c"));
                            return "done";
                        });

        World world =
                World.play(runtime -> {
                    ToolCall<String> call = runtime.start(tool, "", ToolOptions.DEFAULT);
                    assertThat(call.await().orThrow()).isEqualTo("done");
                });

        assertThat(notes).containsExactly("c", "b", "a");
        assertThat(world.kinds()).containsOnlyOnce("CleanupFailed", "Terminated");
    }

    @Test
    @DisplayName("law 8: token and hooks, then the interrupt, then the cleanups")
    void bodyIsStopped_theLadderIsClimbedInOrder() {
        Tool<String, String> tool =
                Tool.of(
                        "ladder",
                        TEN,
                        (_, ctx) -> {
                            ctx.token().onCancel(() -> notes.add("hook"));
                            ctx.onCleanup("c", () -> notes.add("cleanup"));
                            try {
                                World.awaitInterrupt();
                            } catch (InterruptedException e) {
                                notes.add("interrupt " + ctx.token().isCancelled());
                                throw e;
                            }
                            return "";
                        });

        World.play(runtime -> runtime.start(tool, "", ToolOptions.DEFAULT).await());

        assertThat(notes).containsExactly("hook", "interrupt true", "cleanup");
    }

    @Test
    @DisplayName("law 9, S10: a retry resumes from the checkpoint")
    void attemptFails_theNextResumes() {
        ToolSettings settings = TEN.withRetry(RetryPolicy.of(3));
        Tool<String, String> tool =
                Tool.of(
                        "resumes",
                        settings,
                        (_, ctx) -> {
                            int at = ctx.resumeFrom(Integer.class).orElse(0);
                            ctx.checkpoint(at + 1);
                            if (at < 2) {
                                throw new IllegalStateException();
                            }
                            return "from " + at;
                        });
        World.play(runtime -> {
            Outcome<String> outcome = runtime.start(tool, "", ToolOptions.DEFAULT).await();

            assertThat(outcome.orThrow()).isEqualTo("from 2");
            assertThat(outcome.report().attempts()).isEqualTo(3);
        });
    }

    @Test
    @DisplayName("law 10, S8: partials before the decision, nothing after; a late result is told")
    void bodyReturnsLate_itsPartialsStandAndItsResultIsTold() {
        Tool<String, String> tool =
                Tool.of(
                        "late",
                        TEN,
                        (_, ctx) -> {
                            ctx.emit("one");
                            ctx.emit("two");
                            World.ignore(seconds(20));
                            return "late";
                        });
        World.play(runtime -> {
            ToolOptions options = ToolOptions.DEFAULT.withLate(result -> notes.add("" + result));
            ToolCall<String> call = runtime.start(tool, "", options);

            Outcome<String> outcome = call.await();
            boolean _ = call.awaitTerminated(seconds(60));

            assertThat(outcome.partials()).containsExactly("one", "two");
            assertThat(call.outcome()).isSameAs(outcome);
        });
        assertThat(notes).containsExactly("late");
    }

    @Test
    @DisplayName("law 11: a batch has one outcome per call id, in order, whatever happens")
    void oneOfABatchFails_theOthersKeepTheirResults() {
        Tool<String, String> good = Tool.of("good", TEN, sleeping(1));
        Tool<String, String> bad =
                Tool.of(
                        "bad",
                        TEN,
                        (_, _) -> {
                            throw new IllegalStateException();
                        });
        World.play(runtime -> {
            var outcomes =
                    runtime.batch(
                            List.of(
                                    ToolRequest.of(good, "", "1"),
                                    ToolRequest.of(bad, "", "2"),
                                    ToolRequest.of(stubborn(30), "", "3"),
                                    ToolRequest.of(good, "", "1")),
                            BatchRule.WAIT_ALL);

            assertThat(outcomes.keySet()).containsExactly("1", "2", "3");
            assertThat(outcomes.values().stream().map(o -> o.decision().key()))
                    .containsExactly("completed", "failed", "timed out");
        });
    }

    @Test
    @DisplayName("law 13: a lazy result is refused")
    void bodyReturnsAStream_itFails() {
        Tool<String, Object> tool = Tool.of("lazy", TEN, (_, _) -> List.of(1).iterator());
        World.play(runtime -> {
            Outcome<Object> outcome = runtime.start(tool, "", ToolOptions.DEFAULT).await();

            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        });
    }

    @Test
    @DisplayName("law 14: the same seed gives an identical event log")
    void sameSeed_givesTheSameEvents() {
        for (long seed = 0; seed < 200; seed++) {
            World first = crowd(seed);
            World again = crowd(seed);

            assertThat(again.events).as("seed %d", seed).isEqualTo(first.events);
        }
    }

    private static World crowd(long seed) {
        World world = new World(seed);
        int _ =
                world.playOn(runtime -> {
                    List<ToolCall<String>> calls = new ArrayList<>();
                    for (int i = 0; i < 8; i++) {
                        Tool<String, String> tool = Tool.of("t" + i, TEN, sleeping(8 + i % 4));
                        calls.add(runtime.start(tool, "", ToolOptions.DEFAULT));
                    }
                    for (ToolCall<String> call : calls) {
                        boolean _ = call.awaitTerminated(seconds(60));
                    }
                });
        return world;
    }

    @Test
    @DisplayName("law 15: a drain takes no new runs, cancels, waits so long, tells what is alive")
    void drained_whatIgnoresItIsTold() {
        World.play(runtime -> {
            Tool<String, String> polite = Tool.of("polite", TEN, sleeping(9));
            ToolCall<String> good = runtime.start(polite, "", ToolOptions.DEFAULT);
            ToolCall<String> bad = runtime.start(stubborn(30), "", ToolOptions.DEFAULT);
            runtime.clock().park(runtime.clock().nanoTime() + seconds(1).toNanos());

            var alive = runtime.drain(seconds(5));

            assertThat(alive).containsExactly(bad.id());
            assertThat(good.await().decision())
                    .isEqualTo(new Decision.Cancelled(CancelReason.SHUTDOWN));
            assertThat(runtime.start(polite, "", ToolOptions.DEFAULT).await().decision())
                    .isEqualTo(new Decision.Rejected(RejectReason.DRAINING));
        });
    }

    static Duration seconds(long count) {
        return Duration.ofSeconds(count);
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

    private static Tool<String, String> stubborn(long count) {
        return Tool.of("stubborn", TEN, stuck(count));
    }

    private static Tool.Body<String, String> stuck(long count) {
        return (_, _) -> {
            World.ignore(seconds(count));
            return "at last";
        };
    }
}
