package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RunPhase;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.ebbgate.tools.time.TimeSource;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

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
                .as("of the run, and of the call that joined")
                .containsExactly(
                        new Decision.Cancelled(CancelReason.OPERATOR),
                        new Decision.Cancelled(CancelReason.OPERATOR));
    }

    private static Tool<String, String> joined(String name, Tool.Body<String, String> body) {
        return Tool.of(name, ToolSettings.of(seconds(10)).withDuplicates(Duplicates.JOINED), body);
    }

    /// Calls it within a run of its own.
    private Tool<String, String> joining(Duration total) {
        return Tool.of(
                "outer", ToolSettings.of(total), (_, ctx) -> ctx.child(five, "", KEY).orThrow());
    }

    @Test
    @DisplayName("law 4: whoever joined from within a run ends with that run")
    void runThatJoinedEnds_itsCallEndsWithIt() {
        Tool<String, String> outer = joining(seconds(2));
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
            assertThat(outcomes.values()).allMatch(Outcome.Completed.class::isInstance);
            assertThat(first.await().orThrow()).isEqualTo("done");
        });
        assertThat(bodies).hasValue(1);
    }

    @Test
    void comesWhenTheRunIsNotWantedAnyMore_waitsForItsEndAndRunsItself() {
        AtomicInteger atOnce = new AtomicInteger();
        Tool<String, String> tidy =
                joined(
                        "tidy",
                        (_, ctx) -> {
                            assertThat(atOnce.incrementAndGet()).isEqualTo(1);
                            ctx.onCleanup(
                                    "tidy up",
                                    () -> {
                                        pass(ctx.clock(), seconds(1));
                                        atOnce.decrementAndGet();
                                    });
                            ctx.sleep(seconds(5));
                            return "" + bodies.incrementAndGet();
                        });
        World.play(runtime -> {
            var first = runtime.start(tidy, "", KEY);
            pass(runtime, seconds(1));
            first.cancel(CancelReason.CALLER);
            long start = runtime.clock().nanoTime();

            var second = runtime.start(tidy, "", KEY);
            var third = runtime.start(tidy, "", KEY);

            assertThat(second.await().orThrow()).isEqualTo("1");
            assertThat(third.await().orThrow()).isEqualTo("1");
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(6).toNanos());
        });
    }

    @Test
    void waitsInVainForTheEndOfAnEarlierRun_theKeyStaysThatOnes() {
        AtomicInteger atOnce = new AtomicInteger();
        ToolLimits limits = ToolLimits.of(seconds(1)).withGrace(seconds(20));
        Tool<String, String> stubborn =
                Tool.of(
                        "stubborn",
                        ToolSettings.of(limits).withDuplicates(Duplicates.JOINED),
                        (_, _) -> {
                            assertThat(atOnce.incrementAndGet()).isEqualTo(1);
                            World.ignore(seconds(9));
                            atOnce.decrementAndGet();
                            return "" + bodies.incrementAndGet();
                        });
        for (long seed = 1; seed <= 50; seed++) {
            World world = new World(seed);
            int left =
                    world.playOn(runtime -> {
                        for (int i = 0; i < 4; i++) {
                            Outcome<String> outcome = runtime.start(stubborn, "", KEY).await();
                            assertThat(outcome.report().attempts()).isEqualTo(i == 0 ? 1 : 0);
                        }
                        pass(runtime, seconds(9));
                    });
            assertThat(left).isZero();
            assertThat(world.runtime.load().keys()).isZero();
        }
        assertThat(bodies).hasValue(50);
    }

    @Test
    void delegated_isNotShared() {
        Tool<String, String> delegating =
                Tool.of(
                        "delegating",
                        ToolSettings.of(seconds(60)),
                        (_, ctx) -> ctx.waiting(ctx.delegate(five, "", KEY)::await).orThrow());
        World.play(runtime -> {
            var leaving = runtime.start(delegating, "", ToolOptions.DEFAULT);
            var staying = runtime.start(delegating, "", ToolOptions.DEFAULT);
            pass(runtime, seconds(1));

            leaving.cancel(CancelReason.CALLER);

            assertThat(staying.await().orThrow()).isEqualTo("done");
            assertThat(staying.partials()).containsExactly("part");
        });
        assertThat(bodies).hasValue(2);
    }

    @Test
    @DisplayName("law 4: another run of the same name and call id is another")
    void callIdsRecur_limitsAreNotTakenForEachOthers() {
        ToolOptions same = ToolOptions.call("call_1");
        Tool<String, String> outer = joining(seconds(60));
        World.play(runtime -> {
            var first = runtime.start(outer, "", same.withTotal(seconds(2)));
            pass(runtime, seconds(1));
            var second = runtime.start(outer, "", same.withTotal(seconds(4)));
            long start = runtime.clock().nanoTime();

            assertThat(first.await()).isInstanceOf(Outcome.TimedOut.class);
            assertThat(second.await()).isInstanceOf(Outcome.Failed.class);

            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(1).toNanos());
        });
    }

    @Test
    void readerLeaves_nobodyWaitsForItToRead() {
        Tool<String, String> flood =
                joined(
                        "flood",
                        (_, ctx) -> {
                            for (int i = 0; i < 9; i++) {
                                ctx.emit(i);
                            }
                            return "all";
                        });
        World.play(runtime -> {
            var first = runtime.start(flood, "", KEY.streamed(1));
            pass(runtime, seconds(1));
            var second = runtime.start(flood, "", KEY);
            PartialReader reader = first.reader();
            assertThat(reader.next()).contains(0);

            reader.close();

            assertThat(second.await().orThrow()).isEqualTo("all");
            assertThat(first.await().decision())
                    .isEqualTo(new Decision.Cancelled(CancelReason.CONSUMER_GONE));
        });
    }

    @Test
    void eachCallReadsAllPartsForItself() {
        Tool<String, String> parts =
                Tool.of(
                        "parts",
                        ToolSettings.of(seconds(10))
                                .withDuplicates(Duplicates.replayedFor(seconds(9))),
                        (_, ctx) -> {
                            ctx.emit("a");
                            ctx.sleep(seconds(1));
                            ctx.emit("b");
                            return "ab";
                        });
        World.play(runtime -> {
            var first = runtime.start(parts, "", KEY);
            var second = runtime.start(parts, "", KEY);

            assertThat(read(first)).containsExactly("a", "b");
            assertThat(read(second)).containsExactly("a", "b");
            assertThat(read(runtime.start(parts, "", KEY))).containsExactly("a", "b");
            pass(runtime, seconds(10));
        });
    }

    private static List<Object> read(ToolCall<?> call) throws InterruptedException {
        List<Object> read = new ArrayList<>();
        try (PartialReader reader = call.reader()) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                read.add(next.get());
            }
        }
        return read;
    }

    @Test
    @DisplayName("law 2: the reader of a call that is over does not wait for the run")
    void joinerRunsOutOfItsTime_itsReaderEnds() {
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY);
            long start = runtime.clock().nanoTime();
            var joiner = runtime.start(five, "", KEY.withTotal(seconds(2)));

            assertThat(read(joiner)).containsExactly("part");

            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(2).toNanos());
            assertThat(first.await().orThrow()).isEqualTo("done");
        });
    }

    @Test
    @DisplayName("law 4: what a joined call is told has its own facts and the run's")
    void outcomeOfAJoinedCall_hasItsOwnFacts() {
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY);
            pass(runtime, seconds(1));
            ToolOptions second = KEY.withCallId("b");

            Outcome<String> cut = runtime.start(five, "", second.withTotal(seconds(2))).await();
            Outcome<String> shared = runtime.start(five, "", second).await();

            FiredLimit fired = cut.limit().orElseThrow();
            assertThat(fired.silentNanos()).isEqualTo(seconds(3).toNanos());
            assertThat(fired.phase()).isEqualTo(RunPhase.RUN);
            assertThat(cut.text()).contains(" stuck in ");
            assertThat(shared.report().run().callId()).isEqualTo("b");
            assertThat(shared.report().elapsedNanos()).isEqualTo(seconds(2).toNanos());
            assertThat(first.await().report().elapsedNanos()).isEqualTo(seconds(5).toNanos());
        });
    }

    @Test
    void callerOfTheFirstEnds_theOthersKeepTheRun() {
        Tool<String, String> outer = joining(seconds(60));
        World.play(runtime -> {
            var calling = runtime.start(outer, "", ToolOptions.DEFAULT);
            pass(runtime, seconds(1));
            var second = runtime.start(five, "", KEY);

            calling.cancel(CancelReason.CALLER);

            assertThat(calling.await().decision())
                    .isEqualTo(new Decision.Cancelled(CancelReason.CALLER));
            assertThat(calling.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
            assertThat(second.await().orThrow()).isEqualTo("done");
        });
        assertThat(bodies).hasValue(1);
    }

    @Test
    @DisplayName("law 12: what a run has joined may still be running when it has ended itself")
    void runThatJoinedIsOver_whatItJoinedIsNot() {
        Tool<String, String> outer = joining(seconds(2));
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY);
            var joining = runtime.start(outer, "", ToolOptions.DEFAULT);

            assertThat(joining.await()).isInstanceOf(Outcome.TimedOut.class);
            pass(runtime, seconds(1));

            assertThat(joining.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
            assertThat(first.awaitTerminated(seconds(9))).isTrue();
            assertThat(joining.effects()).isEqualTo(Effects.STOPPED);
        });
    }

    @Test
    void callsItselfWithItsOwnKey_isRefusedThere() {
        AtomicReference<Tool<String, String>> self = new AtomicReference<>();
        self.set(joined("self", (_, ctx) -> ctx.child(self.get(), "", KEY).decision().text()));
        World.play(runtime ->
                assertThat(runtime.start(self.get(), "", KEY).await().orThrow())
                        .isEqualTo("rejected: duplicate"));
    }

    @Test
    void callsThatWouldWaitForEachOther_areRefused() {
        AtomicReference<Tool<String, String>> other = new AtomicReference<>();
        ToolSettings joined = ToolSettings.of(seconds(60)).withDuplicates(Duplicates.JOINED);
        Tool<String, String> one = calling("one", joined, other);
        AtomicReference<Tool<String, String>> back = new AtomicReference<>(one);
        other.set(calling("two", joined, back));
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();
            var first = runtime.start(one, "", KEY);
            var second = runtime.start(other.get(), "", KEY);

            String texts = first.await().orThrow() + second.await().orThrow();

            assertThat(texts).contains("rejected (duplicate)");
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(1).toNanos());
        });
    }

    private static Tool<String, String> calling(
            String name, ToolSettings settings, AtomicReference<Tool<String, String>> called) {
        return Tool.of(
                name,
                settings,
                (_, ctx) -> {
                    ctx.sleep(seconds(1));
                    return ctx.child(called.get(), "", KEY).toString();
                });
    }

    @Test
    @DisplayName(
            "law 12: a call that left a run which waits for its turn does not say: nothing done")
    void leavesWhileTheRunIsQueued_itMayStillRun() {
        Tool<String, String> narrow =
                Tool.of(
                        "narrow",
                        ToolSettings.of(seconds(60))
                                .withDuplicates(Duplicates.JOINED)
                                .withCapacity(Capacity.of(1, 9)),
                        (_, ctx) -> {
                            ctx.sleep(seconds(5));
                            return "done";
                        });
        World.play(runtime -> {
            var ahead = runtime.start(narrow, "", ToolOptions.DEFAULT);
            var first = runtime.start(narrow, "", KEY);
            var joiner = runtime.start(narrow, "", KEY.withTotal(seconds(1)));

            Outcome<String> outcome = joiner.await();

            assertThat(outcome.report().phase()).isEqualTo(RunPhase.QUEUE);
            assertThat(joiner.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
            assertThat(ahead.await().orThrow()).isEqualTo(first.await().orThrow());
            assertThat(joiner.effects()).isEqualTo(Effects.DONE);
        });
    }

    @Test
    @DisplayName("law 10: a result that is too late for a call goes to its listener")
    void leaves_hearsOfTheResultAllTheSame() {
        List<Object> late = new CopyOnWriteArrayList<>();
        World.play(runtime -> {
            var first = runtime.start(five, "", KEY.withLate(late::add));
            var second = runtime.start(five, "", KEY);
            var third = runtime.start(five, "", KEY.withTotal(seconds(1)).withLate(late::add));

            first.cancel(CancelReason.CALLER);
            assertThat(third.await()).isInstanceOf(Outcome.TimedOut.class);
            assertThat(second.await().orThrow()).isEqualTo("done");
            pass(runtime, seconds(1));
        });
        assertThat(late).containsExactly("done", "done");
    }

    @Test
    @DisplayName("S11: a call that joins is told of like any other")
    void joinedCall_hasItsEvents() {
        World world =
                World.play(runtime -> {
                    var first = runtime.start(five, "", KEY);
                    var cut = runtime.start(five, "", KEY.withTotal(seconds(1)));
                    assertThat(cut.await()).isInstanceOf(Outcome.TimedOut.class);
                    assertThat(first.await().orThrow()).isEqualTo("done");
                });
        List<ToolEvent> ofJoined =
                world.events.stream().filter(event -> event.run().number() == 2).toList();
        assertThat(ofJoined)
                .extracting(ToolEvent::getClass)
                .containsExactly(
                        ToolEvent.Invoked.class,
                        ToolEvent.Joined.class,
                        ToolEvent.Settled.class,
                        ToolEvent.Terminated.class);
    }

    private static void pass(TimeSource clock, Duration duration) {
        clock.park(clock.nanoTime() + duration.toNanos());
    }

    private static void pass(ToolRuntime runtime, Duration duration) {
        pass(runtime.clock(), duration);
    }

    private static Duration seconds(int value) {
        return Duration.ofSeconds(value);
    }
}
