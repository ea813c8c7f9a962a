package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.FiredLimit;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.pipeline.FailureRule;
import dev.ebbgate.tools.pipeline.Pipeline;
import dev.ebbgate.tools.pipeline.PipelineRefusedException;
import dev.ebbgate.tools.pipeline.Stage;
import dev.ebbgate.tools.pipeline.StageLabel;
import dev.ebbgate.tools.pipeline.StageResult;
import dev.ebbgate.tools.pipeline.StageResults;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/// Pipelines, in virtual time.
class PipelineTest {

    private static final Stage<String, String> CLEAN =
            Stage.of("clean", StageLabel.TRANSFORM, (in, _) -> in.input().trim());
    private static final Stage<String, Integer> COUNT =
            Stage.<String, Integer>of(
                            "count",
                            StageLabel.ENRICH,
                            (in, ctx) -> {
                                ctx.sleep(seconds(2));
                                return in.of(CLEAN).length();
                            })
                    .after(CLEAN);
    private static final Stage<String, String> SHOUT =
            Stage.<String, String>of(
                            "shout",
                            StageLabel.WORK,
                            (in, ctx) -> {
                                ctx.sleep(seconds(2));
                                return in.of(CLEAN) + "!";
                            })
                    .after(CLEAN);
    private static final Stage<String, String> JOIN =
            Stage.<String, String>of(
                            "join",
                            StageLabel.WORK,
                            (in, _) -> in.find(SHOUT).orElse("?") + in.find(COUNT).orElse(-1))
                    .after(SHOUT, COUNT);
    private static final Stage<String, String> HANG =
            Stage.<String, String>of("hang", StageLabel.WORK, (_, _) -> World.awaitInterrupt())
                    .after(CLEAN);

    @Test
    void stagesThatNeedNothingOfEachOther_runAtTheSameTime() {
        Pipeline<String> pipeline = declared("all").stage(SHOUT).stage(COUNT).stage(JOIN).build();
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();

            StageResults results =
                    runtime.start(pipeline, " ebb ", ToolOptions.DEFAULT).await().orThrow();

            assertThat(results.output(JOIN)).contains("ebb!3");
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(2).toNanos());
        });
    }

    @Test
    @DisplayName("S2, S6: a stage has limits of its own, and the error names them")
    void stageRunsOutOfItsTime_itsLimitIsNamed() {
        Pipeline<String> pipeline = declared("own").stage(HANG.within(seconds(3))).build();
        World.play(runtime -> {
            Outcome<StageResults> outcome = await(runtime, pipeline);

            StageResult hang = StageResults.of(outcome).find(HANG).orElseThrow();
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(fired(hang).owner()).isEqualTo("tool own/hang");
            assertThat(StageResults.of(outcome).output(CLEAN)).contains("ebb");
        });
    }

    @Test
    @DisplayName("S5, S6, S8: the pipeline's deadline ends a stage that has more; outputs stay")
    void pipelineRunsOutOfItsTime_whatWasFinishedIsReadable() {
        Pipeline<String> pipeline =
                declared("slow").stage(COUNT).stage(HANG.within(seconds(90))).build();
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();
            ToolCall<StageResults> call = runtime.start(pipeline, "ebb", ToolOptions.DEFAULT);

            Outcome<StageResults> outcome = call.await();

            StageResults results = StageResults.of(outcome);
            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(10).toNanos());
            assertThat(outcome.limit().orElseThrow().owner()).isEqualTo("tool slow");
            assertThat(fired(results.find(HANG).orElseThrow()).owner())
                    .startsWith("tool slow call ");
            assertThat(results.output(COUNT)).contains(3);
            boolean _ = call.awaitTerminated(seconds(60));
        });
    }

    @Test
    @DisplayName("S6: the limit of the outermost is the outermost's, however deep it strikes")
    void pipelineRunsOutOfItsTimeFarIn_itsLimitIsNamed() {
        Pipeline<String> inner = Pipeline.<String>named("inner").stage(CLEAN).stage(HANG).build();
        Stage<String, StageResults> sub = Stage.sub("sub", inner, in -> in.input());
        Pipeline<String> outer = declared("outer").stage(sub).build();
        World.play(runtime -> {
            Outcome<StageResults> outcome = await(runtime, outer);

            assertThat(outcome.decision()).isInstanceOf(Decision.TimedOut.class);
            assertThat(outcome.limit().orElseThrow().owner()).isEqualTo("tool outer");
            assertThat(StageResults.of(outcome).find(sub).orElseThrow().toString())
                    .contains("from tool outer call ");
        });
    }

    @Test
    @DisplayName("S6: a limit within a stage is not taken for the pipeline's")
    void callWithinAStageRunsOutOfTheStagesTime_itIsTheStagesLimit() {
        Tool<String, String> slow =
                Tool.of("slow", ToolSettings.DEFAULT, (_, _) -> World.awaitInterrupt());
        Stage<String, String> calling =
                Stage.<String, String>of(
                                "calling",
                                StageLabel.WORK,
                                (_, ctx) -> ctx.child(slow, "", ToolOptions.DEFAULT).orThrow())
                        .within(seconds(3));
        Pipeline<String> pipeline = declared("p").stage(calling).build();
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();

            Outcome<StageResults> outcome = await(runtime, pipeline);

            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(3).toNanos());
            assertThat(StageResults.of(outcome).find(calling).orElseThrow().toString())
                    .contains("(limit total 3s from tool p/calling)");
            assertThat(outcome.limit().orElseThrow().owner()).isEqualTo("tool p/calling");
        });
    }

    @Test
    @DisplayName("S3: cancelled, it cancels the stages of its sub-pipelines at once")
    void cancelled_reachesStagesOfSubPipelines() {
        Pipeline<String> inner = declared("inner").stage(HANG).build();
        Stage<String, StageResults> sub = Stage.sub("sub", inner, in -> in.input());
        Pipeline<String> outer = Pipeline.<String>named("outer").stage(sub).build();
        World world =
                World.play(runtime -> {
                    ToolCall<StageResults> call = runtime.start(outer, "x", ToolOptions.DEFAULT);
                    pass(runtime, seconds(1));
                    long start = runtime.clock().nanoTime();

                    call.cancel(CancelReason.OPERATOR);

                    assertThat(call.awaitTerminated(seconds(60))).isTrue();
                    assertThat(runtime.clock().nanoTime()).isEqualTo(start);
                });
        assertThat(world.settled("inner/hang"))
                .containsExactly(new Decision.Cancelled(CancelReason.PARENT));
    }

    @Test
    @DisplayName("S9: what a sub-pipeline has finished stays readable when it is cut off")
    void cancelled_whatASubPipelineHasFinishedStaysReadable() {
        Pipeline<String> inner = declared("inner").stage(HANG).build();
        Stage<String, StageResults> middle = Stage.sub("middle", inner, in -> in.input());
        Pipeline<String> between = Pipeline.<String>named("between").stage(middle).build();
        Stage<String, StageResults> sub = Stage.sub("sub", between, in -> in.input());
        Pipeline<String> outer = Pipeline.<String>named("outer").stage(sub).build();
        World.play(runtime -> {
            ToolCall<StageResults> call = runtime.start(outer, " x ", ToolOptions.DEFAULT);
            pass(runtime, seconds(1));

            call.cancel(CancelReason.OPERATOR);

            StageResults known = StageResults.of(call.await());
            assertThat(known.within(sub).within(middle).output(CLEAN)).contains("x");
        });
    }

    @Test
    void subPipelineWithRetries_isTriedThatOftenAndNotMore() {
        AtomicInteger tries = new AtomicInteger();
        Stage<String, String> bad =
                Stage.of(
                        "bad",
                        StageLabel.WORK,
                        (_, _) -> {
                            tries.incrementAndGet();
                            throw new IllegalStateException("no");
                        });
        Pipeline<String> inner =
                Pipeline.<String>named("inner")
                        .with(ToolSettings.of(seconds(60)).withRetry(RetryPolicy.of(3)))
                        .stage(bad)
                        .build();
        World.play(runtime -> {
            assertThat(await(runtime, around(inner))).isInstanceOf(Outcome.Failed.class);
            assertThat(tries).hasValue(3);
        });
    }

    @Test
    void triedAgain_theLastResultsAreRead() {
        AtomicInteger tries = new AtomicInteger();
        Stage<String, String> once =
                Stage.of(
                        "once",
                        StageLabel.WORK,
                        (_, _) -> {
                            if (tries.incrementAndGet() == 1) {
                                throw new IllegalStateException("at first");
                            }
                            return "well";
                        });
        Pipeline<String> pipeline =
                Pipeline.<String>named("again")
                        .with(ToolSettings.of(seconds(60)).withRetry(RetryPolicy.of(2)))
                        .stage(once)
                        .build();
        World.play(runtime -> {
            StageResults results = StageResults.of(await(runtime, pipeline));

            assertThat(results.output(once)).contains("well");
            assertThat(results.firstFailure()).isEmpty();
        });
    }

    @Test
    void limitOnAStage_leavesItsOtherLimits() {
        ToolLimits limits = ToolLimits.of(seconds(9)).withIdle(seconds(2));
        Stage<String, String> stage = HANG.with(ToolSettings.of(limits)).within(seconds(5));

        assertThat(stage.settings().limits()).isEqualTo(limits.withTotal(seconds(5)));
    }

    @Test
    void modelHearsWhatTheStagesPutOut() {
        Pipeline<String> half =
                declared("half").within(seconds(3)).stage(SHOUT).stage(HANG).build();
        World.play(runtime -> {
            var whole = runtime.start(declared("whole").build(), " ebb ", ToolOptions.DEFAULT);
            var cut = runtime.start(half, " ebb ", ToolOptions.DEFAULT);

            assertThat(ModelWords.DEFAULT.of(whole).text()).isEqualTo("clean: ebb");
            assertThat(ModelWords.DEFAULT.of(cut).text()).contains("clean: ebb\nshout: ebb!");
        });
    }

    @Test
    void failFast_endsTheOthersAtOnce() {
        Pipeline<String> pipeline = declared("fast").stage(HANG).stage(failing(1)).build();
        World.play(runtime -> {
            long start = runtime.clock().nanoTime();
            Outcome<StageResults> outcome = await(runtime, pipeline);

            assertThat(runtime.clock().nanoTime() - start).isEqualTo(seconds(1).toNanos());
            assertThat(StageResults.of(outcome).find(HANG).orElseThrow().toString())
                    .contains("cancelled by sibling");
        });
    }

    @Test
    void continued_leavesOutWhatDependsOnIt_andFails() {
        Stage<String, String> after =
                Stage.<String, String>of("after", StageLabel.WORK, (_, _) -> "").after("bad");
        Pipeline<String> pipeline =
                declared("on")
                        .stage(failing(1))
                        .stage(after)
                        .stage(COUNT)
                        .onFailure(FailureRule.CONTINUE)
                        .build();
        World.play(runtime -> {
            Outcome<StageResults> outcome = await(runtime, pipeline);

            StageResults results = StageResults.of(outcome);
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            assertThat(results.output(COUNT)).contains(3);
            assertThat(results.find(after).orElseThrow()).hasToString("stage after: left out");
        });
    }

    @Test
    @DisplayName("S13: with best effort, it completes with what there is")
    void bestEffort_goesOnWithWhatThereIs() {
        Pipeline<String> pipeline =
                declared("best")
                        .stage(COUNT)
                        .stage(SHOUT.within(seconds(1)))
                        .stage(JOIN)
                        .onFailure(FailureRule.BEST_EFFORT)
                        .build();
        World.play(runtime -> {
            StageResults results = await(runtime, pipeline).orThrow();

            assertThat(results.output(JOIN)).contains("?3");
            assertThat(results.output(SHOUT)).isEmpty();
        });
    }

    @Test
    void whatCannotRun_isRefusedAllAtOnce() {
        Pipeline.Builder<String> builder =
                declared("bad")
                        .stage(CLEAN)
                        .stage(named("a").after("b"))
                        .stage(named("b").after("a"))
                        .stage(named("behind").after("a"))
                        .stage(named("lost").after("nowhere"));

        PipelineRefusedException refused =
                catchThrowableOfType(PipelineRefusedException.class, builder::build);

        assertThat(refused.problems())
                .containsExactly(
                        "there are two stages named clean",
                        "stage lost needs nowhere, which is not there",
                        "these need each other: a → b → a",
                        "stage behind can never begin: what it needs never can");
    }

    @Test
    void pipelinesTooDeepInEachOther_areRefused() {
        Pipeline<String> pipeline = declared("p").build();
        for (int i = 1; i < Pipeline.DEEPEST; i++) {
            pipeline = around(pipeline);
        }
        Pipeline<String> deepest = pipeline;

        PipelineRefusedException refused =
                catchThrowableOfType(PipelineRefusedException.class, () -> around(deepest));

        assertThat(refused).hasMessageContaining("8 in all is the limit");
    }

    @Test
    void pipelineThatCallsItself_isRefusedAtTheDeepest() {
        World world =
                World.play(runtime -> {
                    Outcome<StageResults> outcome = await(runtime, Endless.pipeline());

                    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
                });
        assertThat(world.settled("endless")).hasSize(Pipeline.DEEPEST + 1);
    }

    private static final class Endless {
        private static Pipeline<String> pipeline() {
            Stage<String, String> again =
                    Stage.of(
                            "again",
                            StageLabel.AGENT,
                            (in, ctx) -> {
                                ctx.child(pipeline(), in.input(), ToolOptions.DEFAULT).orThrow();
                                return "";
                            });
            return Pipeline.<String>named("endless").stage(again).build();
        }
    }

    private static Pipeline<String> around(Pipeline<String> inner) {
        return Pipeline.<String>named("p").stage(Stage.sub("sub", inner, in -> in.input())).build();
    }

    private static Pipeline.Builder<String> declared(String name) {
        return Pipeline.<String>named(name).stage(CLEAN).within(seconds(10));
    }

    private static Stage<String, String> named(String name) {
        return Stage.of(name, StageLabel.WORK, (_, _) -> "");
    }

    private static Stage<String, String> failing(long after) {
        return Stage.<String, String>of(
                        "bad",
                        StageLabel.GUARD,
                        (_, ctx) -> {
                            ctx.sleep(seconds(after));
                            throw new IllegalStateException();
                        })
                .after(CLEAN);
    }

    private static Outcome<StageResults> await(ToolRuntime runtime, Pipeline<String> pipeline)
            throws InterruptedException {
        return runtime.start(pipeline, "ebb", ToolOptions.DEFAULT).await();
    }

    private static FiredLimit fired(StageResult result) {
        if (!(result.outcome() instanceof Outcome.TimedOut<?>(FiredLimit fired, var _, var _))) {
            throw new AssertionError(result.toString());
        }
        assertThat(fired.limit()).isEqualTo(ToolLimit.TOTAL);
        return fired;
    }

    private static void pass(ToolRuntime runtime, Duration span) {
        runtime.clock().park(runtime.clock().nanoTime() + span.toNanos());
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
