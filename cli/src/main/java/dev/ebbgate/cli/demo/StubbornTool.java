package dev.ebbgate.cli.demo;

import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelResult;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A tool that ignores every request to stop.
final class StubbornTool {

    private static final Duration TOTAL = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofSeconds(2);
    private static final ToolSettings SETTINGS =
            ToolSettings.of(ToolLimits.of(TOTAL).withGrace(Duration.ofMillis(500)));

    private final ToolLines lines;
    private final CountDownLatch release = new CountDownLatch(1);

    StubbornTool(Terminal terminal) {
        lines =
                new ToolLines(
                        terminal,
                        "2  A tool that ignores everything",
                        "It waits for something that does not come and swallows interrupts. It has"
                                + " a second (total 1s).");
    }

    /// Answers what was not as told.
    List<String> play(ToolRuntime runtime) throws InterruptedException {
        Tool<String, String> pay = Tool.of("pay", SETTINGS, (_, _) -> ignore());
        ToolCall<String> call = runtime.start(pay, "", ToolOptions.call("call_2"));
        lines.saw("called");
        Outcome<String> outcome = call.await();
        long elapsedNanos = lines.elapsedNanos();
        lines.saw("the caller has its outcome:", outcome.text());
        ModelResult told = ModelWords.DEFAULT.of(call);
        lines.saw("the model is told:", told.text());
        boolean counted = awaitAbandoned(runtime);
        lines.saw("told, interrupted, given up; still running: " + runtime.abandoned().size());
        release.countDown();
        boolean ended = call.awaitTerminated(Duration.ofSeconds(5));
        lines.saw("now it ends by itself; still running: " + runtime.abandoned().size());
        return new Checks()
                .that(outcome instanceof Outcome.TimedOut<String>, outcome.text())
                .that(elapsedNanos >= TOTAL.toNanos(), "it ended early")
                .that(
                        elapsedNanos <= TOTAL.plus(LATEST).toNanos(),
                        "it took " + Text.seconds(elapsedNanos))
                .that(
                        told.text().contains("may still be running"),
                        "the model was told something else")
                .that(counted, "it was not counted")
                .that(ended && runtime.abandoned().isEmpty(), "it is still counted")
                .that(call.effects() == Effects.STOPPED, "effects: " + call.effects())
                .deviations();
    }

    private String ignore() {
        while (true) {
            try {
                release.await();
                return "paid";
            } catch (InterruptedException _) {
                // this is what such tools do
            }
        }
    }

    private static boolean awaitAbandoned(ToolRuntime runtime) throws InterruptedException {
        for (int i = 0; i < 500 && runtime.abandoned().isEmpty(); i++) {
            Thread.sleep(10);
        }
        return !runtime.abandoned().isEmpty();
    }
}
