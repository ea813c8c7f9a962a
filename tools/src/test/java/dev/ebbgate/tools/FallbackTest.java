package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.RejectReason;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.degrade.Degradable;
import dev.ebbgate.tools.degrade.Fallback;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.Duplicates;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// S13: graceful degradation on timeout.
class FallbackTest {

    private static final Duration HALF = Duration.ofMillis(500);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final ToolSettings TEN = ToolSettings.of(Duration.ofSeconds(10));
    private static final Tool<String, String> STUBBORN =
            Tool.of(
                    "slow",
                    TEN,
                    (_, ctx) -> {
                        ctx.emit("a");
                        ctx.emit("b");
                        World.ignore(Duration.ofSeconds(60));
                        return "whole";
                    });

    @Test
    @DisplayName("S13: a value made of the partial results stands in, within total")
    void firstIsTooSlow_aValueStandsIn() {
        Tool<String, Degradable<String>> tool =
                Fallback.value(STUBBORN, 0.5, outcome -> "" + outcome.partials());
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();
            ToolCall<Degradable<String>> call = runtime.start(tool, "", ToolOptions.DEFAULT);

            Degradable<String> answer = call.await().orThrow();

            assertThat(answer.isDegraded()).isTrue();
            assertThat(answer.value()).isEqualTo("[a, b]");
            assertThat(runtime.clock().nanoTime() - start)
                    .isEqualTo(Duration.ofSeconds(5).toNanos());
            assertThat(ModelWords.DEFAULT.of(call).text())
                    .isEqualTo(
                            "The tool did not answer in time (timed out: total) and may still be"
                                    + " running. This stands in for its answer:\n[a, b]");
            runtime.clock().park(runtime.clock().nanoTime() + Duration.ofSeconds(99).toNanos());
        });
    }

    @Test
    @DisplayName("S13: another tool stands in, with the rest of the time")
    void firstIsTooSlow_anotherToolStandsIn() {
        Tool<String, String> other = Tool.of("other", TEN, (args, _) -> "about " + args);
        World.play(runtime -> {
            Degradable<String> answer =
                    runtime.start(Fallback.tool(STUBBORN, 0.8, other), "it", ToolOptions.DEFAULT)
                            .await()
                            .orThrow();

            assertThat(answer.value()).isEqualTo("about it");
            runtime.clock().park(runtime.clock().nanoTime() + Duration.ofSeconds(99).toNanos());
        });
    }

    @Test
    void firstFailsAtFirst_itIsTriedAgainWithinItsShare() {
        AtomicInteger attempts = new AtomicInteger();
        ToolSettings settings =
                ToolSettings.of(ToolLimits.of(Duration.ofSeconds(10)).withAttempt(SECOND))
                        .withRetry(RetryPolicy.of(3));
        Tool<String, String> slowAtFirst =
                Tool.of(
                        "first",
                        settings,
                        (_, ctx) -> {
                            ctx.sleep(attempts.incrementAndGet() == 1 ? TEN_SECONDS : HALF);
                            return "second try";
                        });
        World.play(runtime -> {
            Degradable<String> answer =
                    runtime.start(
                                    Fallback.value(slowAtFirst, 0.8, _ -> "part"),
                                    "",
                                    ToolOptions.DEFAULT)
                            .await()
                            .orThrow();

            assertThat(answer.value()).isEqualTo("second try");
        });
    }

    @Test
    void callHasLessTime_theFirstHasItsShareOfThat() {
        Tool<String, String> other = Tool.of("other", TEN, (_, _) -> "other");
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();
            Degradable<String> answer =
                    runtime.start(
                                    Fallback.tool(STUBBORN, 0.5, other),
                                    "",
                                    ToolOptions.DEFAULT.withTotal(SECOND))
                            .await()
                            .orThrow();

            assertThat(answer.value()).isEqualTo("other");
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(HALF.toNanos());
            runtime.clock().park(runtime.clock().nanoTime() + Duration.ofSeconds(99).toNanos());
        });
    }

    @Test
    void keyPartialsAndCheckpointsAreThoseOfTheCall() {
        List<String> keys = new CopyOnWriteArrayList<>();
        Tool<String, String> pay =
                Tool.of(
                        "pay",
                        TEN.withDuplicates(Duplicates.REFUSED),
                        (_, ctx) -> {
                            keys.add(ctx.idempotencyKey());
                            ctx.emit("begun");
                            ctx.checkpoint("half");
                            ctx.sleep(TEN_SECONDS);
                            return "paid";
                        });
        Tool<String, Degradable<String>> tool = Fallback.value(pay, 0.5, _ -> "later");
        ToolOptions key = ToolOptions.DEFAULT.withIdempotencyKey("pay-1");
        World.play(runtime -> {
            var call = runtime.start(tool, "", key);
            var again = runtime.start(tool, "", key);
            runtime.clock().park(runtime.clock().nanoTime() + SECOND.toNanos());

            call.cancel(CancelReason.CALLER);

            assertThat(again.await().decision())
                    .isEqualTo(new Decision.Rejected(RejectReason.DUPLICATE));
            assertThat(call.await().partials()).containsExactly("begun");
            assertThat(call.await().report().checkpoint()).isEqualTo("half");
        });
        assertThat(keys).containsExactly("pay-1");
    }

    @Test
    void firstIsInTime_nothingStandsIn() {
        Tool<String, String> quick = Tool.of("quick", TEN, (_, _) -> "whole");
        World.play(runtime -> {
            Degradable<String> answer =
                    runtime.start(Fallback.value(quick, 0.5, _ -> "part"), "", ToolOptions.DEFAULT)
                            .await()
                            .orThrow();

            assertThat(answer.isDegraded()).isFalse();
            assertThat(answer.value()).isEqualTo("whole");
        });
    }

    @Test
    void firstFails_thatIsNotCoveredUp() {
        Tool<String, String> bad =
                Tool.of(
                        "bad",
                        TEN,
                        (_, _) -> {
                            throw new IllegalStateException();
                        });
        World.play(runtime -> {
            Outcome<Degradable<String>> outcome =
                    runtime.start(Fallback.value(bad, 0.5, _ -> "part"), "", ToolOptions.DEFAULT)
                            .await();

            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        });
    }
}
