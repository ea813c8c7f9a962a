package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.tools.pipeline.Interceptor;
import dev.ebbgate.tools.pipeline.Interceptors;
import dev.ebbgate.tools.pipeline.Pipeline;
import dev.ebbgate.tools.pipeline.Stage;
import dev.ebbgate.tools.pipeline.StageLabel;
import dev.ebbgate.tools.pipeline.StageResult;
import dev.ebbgate.tools.pipeline.StageResults;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What stands around stages, in virtual time.
class InterceptorsTest {

    private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void interceptors_standInTheirDeclaredOrder() {
        Pipeline<String> pipeline =
                around(noting("a"), noting("b"))
                        .stage(Stage.of("s", StageLabel.WORK, (_, _) -> note("body")))
                        .build();
        World.play(runtime -> {
            StageResults _ = runtime.start(pipeline, "", ToolOptions.DEFAULT).await().orThrow();
        });

        assertThat(notes).containsExactly("a begins s", "b begins s", "body", "b ends", "a ends");
    }

    @Test
    @DisplayName("S6, S10: an outer retry sees an inner timeout, and tries again")
    void innerTimeout_isRetriedFurtherOut() {
        Stage<String, String> slowAtFirst =
                Stage.of(
                        "s",
                        StageLabel.WORK,
                        (_, ctx) -> {
                            ctx.sleep(seconds(calls.incrementAndGet() == 1 ? 60 : 1));
                            return "second";
                        });
        Pipeline<String> pipeline =
                around(retry(2), Interceptors.timeout(seconds(2))).stage(slowAtFirst).build();
        World.play(runtime -> {
            StageResults results =
                    runtime.start(pipeline, "", ToolOptions.DEFAULT).await().orThrow();

            assertThat(results.output(slowAtFirst)).contains("second");
        });
    }

    @Test
    @DisplayName("S6: each limit is attributed to its owner")
    void innerTimeoutThatStands_namesItself() {
        Stage<String, String> slow =
                Stage.of(
                        "s",
                        StageLabel.WORK,
                        (_, ctx) -> {
                            ctx.emit("part");
                            ctx.sleep(seconds(60));
                            return "";
                        });
        Pipeline<String> pipeline = around(Interceptors.timeout(seconds(2))).stage(slow).build();
        World.play(runtime -> {
            Outcome<StageResults> outcome =
                    runtime.start(pipeline, "", ToolOptions.DEFAULT).await();

            Outcome<?> stage = StageResults.of(outcome).all().getFirst().outcome();
            if (!(stage instanceof Outcome.Failed<?>(Throwable error, var _))) {
                throw new AssertionError("it has not failed: " + stage);
            }
            assertThat(error).hasMessageContaining("limit total 2s from tool p/s/timeout");
            assertThat(stage.partials()).containsExactly("part");
        });
    }

    @Test
    @DisplayName("law 9: no retry while the earlier body may still be running")
    void bodyIgnoresTheInnerTimeout_itIsNotTriedAgain() {
        Stage<String, String> stubborn =
                Stage.of(
                        "s",
                        StageLabel.WORK,
                        (_, _) -> {
                            calls.incrementAndGet();
                            World.ignore(seconds(30));
                            return "";
                        });
        Pipeline<String> pipeline =
                around(retry(3), Interceptors.timeout(seconds(2))).stage(stubborn).build();
        World.play(runtime -> {
            ToolCall<StageResults> call = runtime.start(pipeline, "", ToolOptions.DEFAULT);
            Outcome<StageResults> _ = call.await();
            runtime.clock().park(runtime.clock().nanoTime() + seconds(60).toNanos());

            assertThat(calls).hasValue(1);
        });
    }

    @Test
    void stageFailsTooOften_isLeftAloneForAWhile() {
        Stage<String, String> bad =
                Stage.of(
                        "s",
                        StageLabel.WORK,
                        (_, _) -> {
                            if (calls.incrementAndGet() < 3) {
                                throw new IllegalStateException();
                            }
                            return "well again";
                        });
        Pipeline<String> pipeline = around(Interceptors.breaker(2, seconds(10))).stage(bad).build();
        World.play(runtime -> {
            for (int i = 0; i < 4; i++) {
                Outcome<StageResults> _ = runtime.start(pipeline, "", ToolOptions.DEFAULT).await();
            }
            assertThat(calls).hasValue(2);
            runtime.clock().park(runtime.clock().nanoTime() + seconds(10).toNanos());

            StageResults results =
                    runtime.start(pipeline, "", ToolOptions.DEFAULT).await().orThrow();

            assertThat(results.output(bad)).contains("well again");
        });
    }

    @Test
    @DisplayName("law 4: where the pipeline's own time runs out further in, that is its outcome")
    void pipelineRunsOutOfItsTimeWithinARetry_itsLimitIsNamed() {
        Stage<String, String> hang =
                Stage.of("s", StageLabel.WORK, (_, _) -> World.awaitInterrupt());
        Pipeline<String> pipeline =
                around(retry(3), Interceptors.timeout(seconds(50))).stage(hang).build();
        Pipeline<String> ofStage =
                around(retry(3), Interceptors.timeout(seconds(50)))
                        .stage(hang.within(seconds(6)))
                        .build();
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();

            Outcome<StageResults> outcome =
                    runtime.start(pipeline, "", ToolOptions.DEFAULT).await();

            assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
            assertThat(outcome.limit().orElseThrow().owner()).isEqualTo("tool p");
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(20).toNanos());
            start = runtime.clock().nanoTime();
            outcome = runtime.start(ofStage, "", ToolOptions.DEFAULT).await();
            assertThat(outcome.limit().orElseThrow().owner()).isEqualTo("tool p/s");
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(6).toNanos());
        });
    }

    @Test
    @DisplayName("law 9: a retry around a timeout resumes from the last checkpoint")
    void innerTimeoutIsRetried_fromTheCheckpoint() {
        Stage<String, String> counting =
                Stage.of(
                        "s",
                        StageLabel.WORK,
                        (_, ctx) -> {
                            int done = ctx.resumeFrom(Integer.class).orElse(0);
                            ctx.checkpoint(done + 1);
                            ctx.emit(done);
                            ctx.sleep(seconds(done == 2 ? 1 : 60));
                            return "at " + done;
                        });
        Pipeline<String> pipeline =
                around(retry(3), Interceptors.timeout(seconds(2))).stage(counting).build();
        World.play(runtime -> {
            StageResults results =
                    runtime.start(pipeline, "", ToolOptions.DEFAULT).await().orThrow();

            assertThat(results.output(counting)).contains("at 2");
            assertThat(results.all())
                    .singleElement()
                    .extracting(StageResult::outcome)
                    .extracting("report.partials", LIST)
                    .containsExactly(0, 1, 2);
        });
    }

    @Test
    void stageIsCutFromFurtherOut_isNotLeftAloneForIt() {
        Stage<String, String> slow =
                Stage.of(
                        "s",
                        StageLabel.WORK,
                        (_, ctx) -> {
                            ctx.sleep(seconds(calls.incrementAndGet() < 3 ? 60 : 1));
                            return "well";
                        });
        Pipeline<String> pipeline =
                around(Interceptors.breaker(1, seconds(99)), Interceptors.timeout(seconds(50)))
                        .stage(slow)
                        .build();
        World.play(runtime -> {
            var cancelled = runtime.start(pipeline, "", ToolOptions.DEFAULT);
            runtime.clock().park(runtime.clock().nanoTime() + seconds(1).toNanos());
            cancelled.cancel(CancelReason.CALLER);
            var late = runtime.start(pipeline, "", ToolOptions.DEFAULT);
            assertThat(late.await()).isInstanceOf(Outcome.TimedOut.class);

            StageResults results =
                    runtime.start(pipeline, "", ToolOptions.DEFAULT).await().orThrow();

            assertThat(results.output(slow)).contains("well");
        });
    }

    @Test
    void stageIsAlwaysTooLate_isLeftAloneForAWhile() {
        Stage<String, String> hang =
                Stage.<String, String>of(
                                "s",
                                StageLabel.WORK,
                                (_, _) -> {
                                    calls.incrementAndGet();
                                    return World.awaitInterrupt();
                                })
                        .within(seconds(1));
        Pipeline<String> pipeline =
                around(Interceptors.breaker(2, seconds(99))).stage(hang).build();
        World.play(runtime -> {
            for (int i = 0; i < 4; i++) {
                Outcome<StageResults> _ = runtime.start(pipeline, "", ToolOptions.DEFAULT).await();
            }
            assertThat(calls).hasValue(2);
        });
    }

    private static Pipeline.Builder<String> around(Interceptor... interceptors) {
        Pipeline.Builder<String> builder = Pipeline.<String>named("p").within(seconds(20));
        List.of(interceptors).forEach(builder::around);
        return builder;
    }

    private static Interceptor retry(int attempts) {
        return Interceptors.retry(RetryPolicy.of(attempts), () -> 1);
    }

    private Interceptor noting(String name) {
        return Interceptors.watched(call -> {
            String stage = call.name().substring(2);
            notes.add(name + " begins " + stage);
            return _ -> notes.add(name + " ends");
        });
    }

    private String note(String text) {
        notes.add(text);
        return text;
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
