package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.RejectReason;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.degrade.Fallback;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.event.ToolListener;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timer;
import dev.ebbgate.tools.time.Timers;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Bodies, cleanups, hooks and listeners that throw what nobody expects: the run has its end all
/// the same, and its place is free.
@Timeout(60)
class RobustnessTest {

    private static final ToolSettings SETTINGS =
            ToolSettings.of(ToolLimits.of(Duration.ofSeconds(2)).withGrace(Duration.ofMillis(200)));

    private static Tool<String, String> tool(Tool.Body<String, String> body) {
        return Tool.of("t", SETTINGS, body);
    }

    @Test
    @DisplayName("law 8: a cancel that comes as a shield begins does not interrupt what it holds")
    void cancelAsAShieldBegins_doesNotInterruptIt() throws Exception {
        AtomicInteger interrupted = new AtomicInteger();
        Callable<Integer> commit =
                () -> {
                    spin(200);
                    return interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                };
        Tool<String, String> committing =
                tool((_, ctx) -> {
                    while (true) {
                        int _ = ctx.shield(Duration.ofSeconds(1), commit);
                    }
                });
        try (ToolRuntime runtime = ToolRuntime.create()) {
            for (int i = 0; i < 1_000; i++) {
                var call = runtime.start(committing, "", ToolOptions.DEFAULT);
                spin(i);
                call.cancel(CancelReason.CALLER);
                assertThat(call.awaitTerminated(Duration.ofSeconds(10))).isTrue();
            }
        }
        assertThat(interrupted).hasValue(0);
    }

    @Test
    @DisplayName("law 15: what is called while the runtime closes is refused")
    void callThatCrossesTheClose_isRefused() throws Exception {
        CountDownLatch calling = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        ToolRuntime runtime =
                ToolRuntime.builder()
                        .carrying(() -> {
                            calling.countDown();
                            awaitStubbornly(closed);
                            return body -> body;
                        })
                        .build();
        Tool<String, String> tool = tool((_, _) -> "ran");
        AtomicReference<ToolCall<String>> call = new AtomicReference<>();
        Thread caller =
                Thread.ofVirtual()
                        .start(() -> call.set(runtime.start(tool, "", ToolOptions.DEFAULT)));
        calling.await();
        runtime.close();
        closed.countDown();
        caller.join();

        assertThat(call.get().await().decision())
                .isEqualTo(new Decision.Rejected(RejectReason.DRAINING));
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("law 1: a partial that is null is refused, and the run has its end")
    void nullPartial_isTheBodysFailure() throws Exception {
        try (ToolRuntime runtime = ToolRuntime.create()) {
            var call =
                    runtime.start(
                            tool((_, context) -> {
                                emitNull(context);
                                return "ok";
                            }),
                            "",
                            ToolOptions.DEFAULT);

            assertThat(call.await()).isInstanceOf(Outcome.Failed.class);
            assertThat(call.awaitTerminated(Duration.ofSeconds(10))).isTrue();
        }
    }

    @SuppressWarnings("NullAway") // it is what is tried
    private static void emitNull(ToolContext context) throws InterruptedException {
        context.emit(null);
    }

    private static String descend(ToolContext context) throws Exception {
        return context.waiting(() -> descend(context));
    }

    private static String dive(ToolContext context) throws Exception {
        return context.waiting(() -> context.shield(Duration.ofSeconds(1), () -> dive(context)));
    }

    @Test
    @DisplayName("law 2: recursion without end is an ordinary failure")
    void stackThatOverflowsInACallOfTheContext_isTheBodysFailure() throws Exception {
        try (ToolRuntime runtime = ToolRuntime.create()) {
            for (int i = 0; i < 5; i++) {
                var waits =
                        runtime.start(
                                tool((_, context) -> descend(context)), "", ToolOptions.DEFAULT);
                var shields =
                        runtime.start(tool((_, context) -> dive(context)), "", ToolOptions.DEFAULT);

                for (var call : List.of(waits, shields)) {
                    assertThat(call.await().text()).contains("StackOverflowError");
                    assertThat(call.awaitTerminated(Duration.ofSeconds(10))).isTrue();
                }
            }
            assertThat(runtime.load().taken()).isZero();
        }
    }

    @Test
    @DisplayName(
            "law 7: a cleanup, a close or a hook that throws an Error costs the others nothing")
    void errorInACleanup_isCollected() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        List<ToolEvent> events = new CopyOnWriteArrayList<>();
        try (ToolRuntime runtime = ToolRuntime.builder().listener(events::add).build()) {
            var call =
                    runtime.start(
                            tool((_, context) -> {
                                context.onCleanup("first", () -> done.add("first"));
                                context.onCleanup("bad", RobustnessTest::fail);
                                context.own((AutoCloseable) () -> done.add("owned"));
                                context.onCleanup(
                                        "interrupting", () -> Thread.currentThread().interrupt());
                                return "ok";
                            }),
                            "",
                            ToolOptions.DEFAULT);

            assertThat(call.await().decision()).isEqualTo(new Decision.Completed());
            assertThat(call.awaitTerminated(Duration.ofSeconds(10))).isTrue();
            assertThat(done).containsExactly("owned", "first");
            assertThat(runtime.load().taken()).isZero();
        }
        awaitTerminated(events); // they are told on a thread of their own
        assertThat(events).filteredOn(ToolEvent.CleanupFailed.class::isInstance).hasSize(1);
    }

    private static void awaitTerminated(List<ToolEvent> events) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (events.stream().noneMatch(ToolEvent.Terminated.class::isInstance)) {
            assertThat(System.nanoTime()).as("it is not told").isLessThan(end);
            Thread.sleep(1);
        }
    }

    private static void fail() {
        throw new AssertionError("on purpose");
    }

    @Test
    @DisplayName("law 8: what is owned is closed, whatever the close of another does")
    void closeThatThrowsOrHangs_keepsNoOtherFromBeingClosed() throws Exception {
        CountDownLatch freed = new CountDownLatch(1);
        CountDownLatch hung = new CountDownLatch(1);
        try (ToolRuntime runtime = ToolRuntime.create()) {
            var call =
                    runtime.start(
                            tool((_, context) -> {
                                context.own((AutoCloseable) freed::countDown);
                                context.own((AutoCloseable) RobustnessTest::fail);
                                context.own((AutoCloseable) () -> awaitStubbornly(hung));
                                awaitStubbornly(freed);
                                return "free";
                            }),
                            "",
                            ToolOptions.DEFAULT.withTotal(Duration.ofMillis(300)));

            assertThat(call.await()).isInstanceOf(Outcome.TimedOut.class);
            assertThat(freed.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(call.awaitTerminated(Duration.ofMillis(100)))
                    .as("a close is still running")
                    .isFalse();
            hung.countDown();
            assertThat(call.awaitTerminated(Duration.ofSeconds(10))).isTrue();
        }
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                // it does not listen
            }
        }
    }

    @Test
    @DisplayName("what is owned after the end is closed at once")
    void resourceOfAnAbandonedBody_isClosed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(2);
        try (ToolRuntime runtime = ToolRuntime.create()) {
            var call =
                    runtime.start(
                            tool((_, context) -> {
                                awaitStubbornly(release);
                                context.own((AutoCloseable) closed::countDown);
                                context.onCleanup("late", closed::countDown);
                                return "late";
                            }),
                            "",
                            ToolOptions.DEFAULT.withTotal(Duration.ofMillis(200)));
            call.await();
            release.countDown();

            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    @DisplayName("a listener that throws an Error is told of the rest, and so is the other")
    void listenerThatThrowsAnError_losesNothing() throws Exception {
        AtomicInteger told = new AtomicInteger();
        List<ToolEvent> events = new CopyOnWriteArrayList<>();
        ToolListener bad =
                _ -> {
                    told.incrementAndGet();
                    throw new AssertionError("on purpose");
                };
        ToolListener both = bad.and(events::add);
        try (ToolRuntime runtime = ToolRuntime.builder().listener(both).build()) {
            var call = runtime.start(tool((_, _) -> "ok"), "", ToolOptions.DEFAULT);
            call.await();
            call.awaitTerminated(Duration.ofSeconds(10));
        }
        awaitTerminated(events);
        assertThat(told).hasValue(events.size());
    }

    @Test
    @DisplayName("law 12: what a run began and nobody could stop is not said to have ended")
    void parentOfAnAbandonedRun_mayStillBeRunning() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Tool<String, String> stubborn =
                Tool.of(
                        "stubborn",
                        SETTINGS,
                        (_, _) -> {
                            begun.countDown();
                            awaitStubbornly(release);
                            return "late";
                        });
        var fallback = Fallback.value(stubborn, 0.1, _ -> "-");
        try (ToolRuntime runtime = ToolRuntime.create()) {
            ToolCall<?> parent =
                    runtime.start(
                            tool((_, context) -> {
                                context.start(stubborn, "", ToolOptions.DEFAULT);
                                begun.await(); // what has not begun would not begin any more
                                throw new IllegalStateException("over");
                            }),
                            "",
                            ToolOptions.DEFAULT);
            parent.await();
            parent.awaitTerminated(Duration.ofSeconds(1));

            assertThat(parent.effects()).isEqualTo(Effects.UNKNOWN_STILL_RUNNING);
            assertThat(ModelWords.DEFAULT.of(parent).text()).contains("It may still be running");
            var stoodIn = runtime.start(fallback, "", ToolOptions.DEFAULT);
            assertThat(ModelWords.DEFAULT.of(stoodIn).text()).contains("may still be running");
            release.countDown();
            assertThat(parent.awaitTerminated(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    @DisplayName("laws 11 and 12: no value costs a sibling its answer, no message the facts")
    void valueThatCannotBeWritten_isSaid() throws Exception {
        Object odd =
                new Object() {
                    @Override
                    public String toString() {
                        throw new IllegalStateException("on purpose");
                    }
                };
        try (ToolRuntime runtime = ToolRuntime.create()) {
            ToolCall<?> good = runtime.start(tool((_, _) -> "fine"), "", ToolOptions.call("c1"));
            ToolCall<?> bad =
                    runtime.start(
                            Tool.<String, Object>of("odd", SETTINGS, (_, _) -> odd),
                            "",
                            ToolOptions.call("c2"));
            ToolCall<?> wordy =
                    runtime.start(
                            tool((_, _) -> {
                                throw new IllegalStateException("x".repeat(30_000));
                            }),
                            "",
                            ToolOptions.call("c3"));

            var told = ModelWords.DEFAULT.of(Map.of("c1", good, "c2", bad, "c3", wordy));

            assertThat(told).hasSize(3);
            assertThat(told)
                    .filteredOn(result -> result.callId().equals("c2"))
                    .allMatch(result -> result.text().contains("cannot be written"));
            assertThat(ModelWords.DEFAULT.of(wordy).text()).contains("[cut here", "It ran");
        }
    }

    @Test
    @DisplayName("a timeout names what the tool's own code has called, and where")
    void bodyThatHangs_isShownAtItsOwnLine() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (ToolRuntime runtime = ToolRuntime.create()) {
            var call =
                    runtime.start(
                            tool((_, _) -> {
                                never.await();
                                return "";
                            }),
                            "",
                            ToolOptions.DEFAULT.withTotal(Duration.ofMillis(200)));

            assertThat(call.await().text())
                    .contains("stuck in CountDownLatch.await at RobustnessTest.");
        }
    }

    @Test
    @DisplayName("S3: what a body begins on a thread of its own is its own, and ends with it")
    void runBegunOnAnotherThreadOfTheBody_endsWithTheBody() throws Exception {
        AtomicReference<ToolContext> context = new AtomicReference<>();
        AtomicReference<ToolCall<String>> during = new AtomicReference<>();
        Tool<String, String> hanging =
                tool((_, ctx) -> {
                    ctx.sleep(Duration.ofMinutes(5));
                    return "";
                });
        Tool<String, String> outer =
                tool((_, ctx) -> {
                    context.set(ctx);
                    Thread helper =
                            Thread.ofVirtual()
                                    .start(() ->
                                            during.set(
                                                    ctx.start(hanging, "", ToolOptions.DEFAULT)));
                    helper.join();
                    return "";
                });
        try (ToolRuntime runtime = ToolRuntime.create()) {
            var call = runtime.start(outer, "", ToolOptions.DEFAULT);
            String _ = call.await().orThrow();

            var after = context.get().start(hanging, "", ToolOptions.DEFAULT);

            assertThat(during.get().id().parent()).isEqualTo(call.id().number());
            for (var inner : List.of(during.get(), after)) {
                assertThat(inner.await().decision())
                        .isEqualTo(new Decision.Cancelled(CancelReason.PARENT));
            }
        }
    }

    @Test
    void drainWithoutEnd_isPossible() throws Exception {
        try (ToolRuntime runtime = ToolRuntime.create()) {
            assertThat(runtime.drain(Duration.ofSeconds(Long.MAX_VALUE))).isEmpty();
        }
    }

    @Test
    @DisplayName("law 2: want of memory in one timer silences no other, nor itself")
    void timerThatHasNoMemory_getsAnotherTurn() throws Exception {
        CountDownLatch fired = new CountDownLatch(2);
        AtomicInteger turns = new AtomicInteger();
        try (Timers timers = new Timers(TimeSource.REAL)) {
            Timer starved =
                    new Timer() {
                        @Override
                        protected void fire(long nowNanos) {
                            if (turns.incrementAndGet() < 3) {
                                throw new OutOfMemoryError("on purpose");
                            }
                            fired.countDown();
                        }
                    };
            Timer other =
                    new Timer() {
                        @Override
                        protected void fire(long nowNanos) {
                            fired.countDown();
                        }
                    };
            long now = TimeSource.REAL.nanoTime();
            timers.arm(starved, now);
            timers.arm(other, now + 1_000_000);

            assertThat(fired.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
