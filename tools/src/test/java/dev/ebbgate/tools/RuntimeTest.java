package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.settings.Rate;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Places, batches, duplicates, trees and crowds, in virtual time.
class RuntimeTest {

    private static final ToolSettings TEN = ToolSettings.of(seconds(10));
    private static final ToolOptions PLAIN = ToolOptions.DEFAULT;

    private final AtomicInteger bodies = new AtomicInteger();

    @Test
    @DisplayName("S2, S7: 100 at once with limits of their own all end on theirs")
    void manyAtOnce_eachEndsOnItsOwnLimit() {
        World.play(runtime -> {
            List<ToolCall<String>> calls = new ArrayList<>();
            for (int i = 1; i <= 100; i++) {
                ToolSettings settings =
                        TEN.withCapacity(Capacity.of(100, 0)).withLimits(ToolLimits.of(seconds(i)));
                calls.add(runtime.start(Tool.of("t", settings, forever()), "", PLAIN));
            }

            for (int i = 1; i <= 100; i++) {
                Outcome<String> outcome = calls.get(i - 1).await();
                assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
                assertThat(outcome.report().elapsedNanos()).isEqualTo(seconds(i).toNanos());
            }
        });
    }

    @Test
    @DisplayName("S3: cancelling the root of a tree of 10 levels ends all of it")
    void rootIsCancelled_theWholeTreeEnds() {
        World.play(runtime -> {
            ToolCall<String> root = runtime.start(level(runtime, 10), "", PLAIN);
            pass(runtime, seconds(1));
            assertThat(bodies.get()).isEqualTo(101);

            root.cancel(CancelReason.CALLER);

            pass(runtime, Duration.ofMillis(1));

            assertThat(root.awaitTerminated(Duration.ofMillis(1))).isTrue();
            assertThat(runtime.load().live()).isZero();
            assertThat(bodies.get()).isZero();
        });
    }

    private Tool<String, String> level(ToolRuntime runtime, int below) {
        ToolSettings settings = TEN.withCapacity(Capacity.of(1_000, 0));
        return Tool.of(
                "level",
                settings,
                (_, ctx) -> {
                    bodies.incrementAndGet();
                    try {
                        for (int i = 1; below > 0 && i < 10; i++) {
                            var _ = runtime.start(level(runtime, 0), "", PLAIN);
                        }
                        if (below > 0) {
                            var _ = runtime.start(level(runtime, below - 1), "", PLAIN);
                        }
                        ctx.sleep(seconds(5));
                        return "";
                    } finally {
                        bodies.decrementAndGet();
                    }
                });
    }

    @Test
    void whatIsCarriedThrows_theAttemptHasFailedAndGivesItsPlaceBack() throws Exception {
        RuntimeException broken = new IllegalStateException("carried");
        try (ToolRuntime runtime =
                ToolRuntime.builder()
                        .carrying(() ->
                                _ -> {
                                    throw broken;
                                })
                        .build()) {
            ToolCall<String> call = runtime.start(Tool.of("t", TEN, (a, _) -> a), "", PLAIN);

            assertThat(call.await())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class, it -> assertThat(it.error()).isSameAs(broken));
            assertThat(call.awaitTerminated(seconds(9))).isTrue();
            assertThat(runtime.load().taken()).isZero();
        }
    }

    @Test
    void retryableThrows_theAttemptHasFailedWithItsOwnError() {
        RuntimeException own = new IllegalStateException("own");
        ToolSettings settings =
                TEN.withRetry(RetryPolicy.of(3))
                        .withRetryable(_ -> {
                            throw new IllegalStateException("of the predicate");
                        });
        Tool<String, String> tool =
                Tool.of(
                        "t",
                        settings,
                        (_, _) -> {
                            bodies.incrementAndGet();
                            throw own;
                        });
        World.play(runtime -> {
            ToolCall<String> call = runtime.start(tool, "", PLAIN);

            assertThat(call.await())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class, it -> assertThat(it.error()).isSameAs(own));
            assertThat(call.awaitTerminated(seconds(1))).isTrue();
            assertThat(bodies.get()).isEqualTo(1);
        });
    }

    @Test
    void placesAreShort_theMoreUrgentGoesFirst() {
        ToolSettings one = TEN.withCapacity(Capacity.of(1, 5));
        List<String> order = new ArrayList<>();
        Tool<String, String> tool =
                Tool.of(
                        "one",
                        one,
                        (name, ctx) -> {
                            order.add(name);
                            ctx.sleep(seconds(1));
                            return name;
                        });
        World.play(runtime -> {
            var first = runtime.start(tool, "first", PLAIN);
            var low = runtime.start(tool, "low", PLAIN);
            var high = runtime.start(tool, "high", PLAIN.withPriority(1));

            first.await();
            high.await();
            low.await();
        });
        assertThat(order).containsExactly("first", "high", "low");
    }

    @Test
    void queueIsFullOrTheRateIsSpent_itIsRejectedAtOnce() {
        ToolSettings full = TEN.withCapacity(Capacity.of(1, 0));
        ToolSettings rare = TEN.withCapacity(Capacity.of(9, 0).withRate(Rate.of(1, seconds(60))));
        World.play(runtime -> {
            runtime.start(Tool.of("full", full, sleeping(1)), "", PLAIN);
            runtime.start(Tool.of("rare", rare, sleeping(1)), "", PLAIN);

            var queue = runtime.start(Tool.of("full", full, sleeping(1)), "", PLAIN);
            var rate = runtime.start(Tool.of("rare", rare, sleeping(1)), "", PLAIN);

            assertThat(queue.await().decision())
                    .isEqualTo(new Decision.Rejected(RejectReason.QUEUE_FULL));
            assertThat(rate.await().decision()).isEqualTo(new Decision.Rejected(RejectReason.RATE));
        });
    }

    @Test
    void cancelledAsItIsCalled_noPlaceIsKept() {
        for (long seed = 0; seed < 300; seed++) {
            World world = new World(seed);
            int left =
                    world.playOn(runtime -> {
                        Tool<String, String> tool =
                                Tool.of("t", TEN.withCapacity(Capacity.of(1, 9)), forever());
                        runtime.start(tool, "", PLAIN).cancel(CancelReason.CALLER);
                        var next = runtime.start(tool, "", PLAIN);
                        world.time.start("other", () -> next.cancel(CancelReason.CALLER));
                        world.time.start("third", () -> cancelAnother(runtime, tool));
                    });
            assertThat(left).as("seed %d", seed).isZero();
            assertThat(world.runtime.load())
                    .as("seed %d", seed)
                    .isEqualTo(new ToolRuntime.Load(0, 0, 0, 0, 0, 0));
        }
    }

    private static void cancelAnother(ToolRuntime runtime, Tool<String, String> tool) {
        runtime.start(tool, "", PLAIN).cancel(CancelReason.CALLER);
    }

    @Test
    void sameKeyAgain_isJoinedReplayedOrRefused() {
        World.play(runtime -> {
            ToolOptions key = PLAIN.withIdempotencyKey("k");
            var joined = counting("joined", Duplicates.JOINED);
            var refused = counting("refused", Duplicates.REFUSED);
            var replayed = counting("replayed", Duplicates.replayedFor(seconds(60)));
            var first = runtime.start(joined, "", key);
            var second =
                    runtime.start(joined, "", ToolOptions.call("call_2").withIdempotencyKey("k"));
            assertThat(second.id().callId()).isEqualTo("call_2");
            assertThat(second.await().orThrow()).isEqualTo(first.await().orThrow());
            runtime.start(refused, "", key);
            assertThat(runtime.start(refused, "", key).await().decision())
                    .isEqualTo(new Decision.Rejected(RejectReason.DUPLICATE));
            String once = runtime.start(replayed, "", key).await().orThrow();
            pass(runtime, seconds(30));
            assertThat(runtime.start(replayed, "", key).await().orThrow()).isEqualTo(once);
            pass(runtime, seconds(31));
            assertThat(runtime.start(replayed, "", key).await().orThrow()).isNotEqualTo(once);
            pass(runtime, seconds(61));
        });
    }

    private Tool<String, String> counting(String name, Duplicates duplicates) {
        return Tool.of(
                name,
                TEN.withDuplicates(duplicates),
                (_, ctx) -> {
                    int count = bodies.incrementAndGet();
                    ctx.sleep(seconds(1));
                    return "" + count;
                });
    }

    @Test
    void batchIsOverByItsRule_theRestIsCancelled() {
        Tool<String, String> quick = Tool.of("quick", TEN, sleeping(1));
        Tool<String, String> slow = Tool.of("slow", TEN, sleeping(9));
        List<ToolRequest<?, ?>> requests =
                List.of(ToolRequest.of(slow, "", "1"), ToolRequest.of(quick, "", "2"));
        World.play(runtime -> {
            var quorum = runtime.batch(requests, BatchRule.quorum(1));
            var timed = runtime.batch(requests, BatchRule.by(seconds(2)));

            assertThat(texts(quorum)).containsExactly("cancelled: sibling", "completed");
            assertThat(texts(timed)).containsExactly("timed out: total", "completed");
            FiredLimit fired = timed.firstEntry().getValue().limit().orElseThrow();
            assertThat(fired.owner()).isEqualTo("the batch");
            assertThat(fired.elapsedNanos()).isEqualTo(seconds(2).toNanos());
        });
    }

    private static List<String> texts(Map<String, Outcome<?>> outcomes) {
        return outcomes.values().stream().map(outcome -> outcome.decision().text()).toList();
    }

    @Test
    @DisplayName("law 6: a body that waits for a batch is not silent")
    void batchWithinABody_isNoSilence() {
        Tool<String, String> child = Tool.of("child", TEN, sleeping(5));
        List<ToolRequest<?, ?>> calls = List.of(ToolRequest.of(child, "", "1"));
        World.play(runtime -> {
            Tool<String, String> outer =
                    Tool.of(
                            "outer",
                            ToolSettings.of(ToolLimits.of(seconds(20)).withIdle(seconds(1))),
                            (_, _) -> "" + runtime.batch(calls, BatchRule.WAIT_ALL).size());

            assertThat(runtime.start(outer, "", PLAIN).await().orThrow()).isEqualTo("1");
        });
    }

    @Test
    @DisplayName("law 12: a call that is cancelled before its body begins has done nothing")
    void cancelledBeforeItsBodyBegins_hasDoneNothing() {
        Tool<String, String> tool = Tool.of("t", TEN, (_, _) -> "" + bodies.incrementAndGet());
        World.play(runtime -> {
            var call = runtime.start(tool, "", PLAIN);
            call.cancel(CancelReason.CALLER);

            assertThat(call.awaitTerminated(seconds(1))).isTrue();
            assertThat(call.effects())
                    .isEqualTo(bodies.get() == 0 ? Effects.NONE : Effects.STOPPED);
        });
        assertThat(bodies).as("in this order of threads").hasValue(0);
    }

    @Test
    @DisplayName("law 3: each abandoned body counts, also where one run has several")
    void bodiesOfOneRunThatIgnoreEverything_allCount() {
        ToolSettings settings =
                ToolSettings.of(ToolLimits.of(seconds(60)).withAttempt(seconds(1)))
                        .withRetry(RetryPolicy.of(2))
                        .asIdempotent()
                        .withCapacity(Capacity.of(2, 10));
        Tool<String, String> stubborn =
                Tool.of(
                        "stubborn",
                        settings,
                        (_, _) -> {
                            World.ignore(seconds(600));
                            return "";
                        });
        World.play(runtime -> {
            var call = runtime.start(stubborn, "", PLAIN);
            Outcome<String> _ = call.await();
            pass(runtime, seconds(30));

            assertThat(runtime.start(stubborn, "", PLAIN).await().decision())
                    .isEqualTo(new Decision.Rejected(RejectReason.ABANDONED));
            assertThat(call.awaitTerminated(seconds(1_000))).isTrue();
        });
    }

    @Test
    @DisplayName("S13: a reader that stops ends the producer of a stream")
    void readerStops_theProducerEnds() {
        Tool<String, String> tool =
                Tool.of(
                        "stream",
                        TEN,
                        (_, ctx) -> {
                            for (int i = 0; i < 1_000_000; i++) {
                                ctx.emit(i);
                            }
                            return "all";
                        });
        World.play(runtime -> {
            ToolCall<String> call = runtime.start(tool, "", PLAIN.streamed(2));
            try (PartialReader reader = call.reader()) {
                assertThat(reader.next()).contains(0);
            }

            assertThat(call.await().decision())
                    .isEqualTo(new Decision.Cancelled(CancelReason.CONSUMER_GONE));
            assertThat(call.awaitTerminated(seconds(3))).isTrue();
        });
    }

    @Test
    @DisplayName("S13: told that its time is nearly over, a body degrades and is completed")
    void softDeadlinePasses_theBodyComesToAnEnd() {
        Tool<String, String> tool =
                Tool.of(
                        "soft",
                        TEN.withSoftDeadline(0.8),
                        (_, ctx) -> {
                            while (!ctx.isNearlyOver()) {
                                ctx.sleep(Duration.ofMillis(500));
                            }
                            return "what there is";
                        });
        World.play(runtime ->
                assertThat(runtime.start(tool, "", PLAIN).await().orThrow())
                        .isEqualTo("what there is"));
    }

    @Test
    void codeWithinABody_findsTheContextOfTheNearestRun() {
        Tool<String, Duration> inner =
                Tool.of("inner", TEN, (_, _) -> ToolContext.current().orElseThrow().remaining());
        Tool<String, Duration> outer =
                Tool.of(
                        "outer",
                        ToolSettings.of(seconds(3)),
                        (_, ctx) -> {
                            Duration left = ctx.child(inner, "", PLAIN).orThrow();
                            assertThat(ToolContext.current()).containsSame(ctx);
                            return left;
                        });
        World.play(runtime -> {
            Duration left = runtime.start(outer, "", PLAIN).await().orThrow();

            assertThat(left).isBetween(Duration.ofMillis(2_900), Duration.ofMillis(2_950));
            assertThat(ToolContext.current()).isEmpty();
        });
    }

    @Test
    void bodySettlesAnotherTool_itIsNotTakenToBeSilent() {
        ToolLimits quiet = ToolLimits.of(seconds(10)).with(ToolLimit.IDLE, Span.ofSeconds(2));
        Tool<String, String> inner = Tool.of("inner", TEN, sleeping(5));
        World.play(runtime -> {
            Tool<String, Decision> outer =
                    Tool.of(
                            "outer",
                            TEN.withLimits(quiet),
                            (_, _) -> runtime.settle(inner, "", PLAIN).await().decision());

            ToolCall<Decision> call = runtime.settle(outer, "", PLAIN);

            assertThat(call.await().orThrow()).isEqualTo(new Decision.Completed());
        });
    }

    @Test
    void callerIsInterrupted_whatItSettlesIsCancelled() {
        Tool<String, String> slow = Tool.of("slow", TEN, sleeping(9));
        World world =
                World.play(runtime -> {
                    Thread.currentThread().interrupt();

                    assertThatExceptionOfType(InterruptedException.class)
                            .isThrownBy(() -> runtime.settle(slow, "", PLAIN));
                });

        assertThat(world.settled("slow"))
                .containsExactly(new Decision.Cancelled(CancelReason.CALLER));
    }

    private static Tool.Body<String, String> sleeping(long count) {
        return (_, ctx) -> {
            ctx.sleep(seconds(count));
            return "slept";
        };
    }

    private static Tool.Body<String, String> forever() {
        return sleeping(100_000);
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
