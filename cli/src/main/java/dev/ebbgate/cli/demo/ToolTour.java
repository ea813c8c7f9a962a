package dev.ebbgate.cli.demo;

import dev.ebbgate.cli.demo.Terminal.Look;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.event.ToolEvent;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The tool runtime, shown with tools that hang.
public final class ToolTour {

    /// The runtime's warnings of what was given up: the demo tells that itself.
    private static final Logger WARNINGS = Logger.getLogger("dev.ebbgate.tools");

    private ToolTour() {}

    /// Plays it, in about ten seconds.
    ///
    /// @return whether all of it went as told
    public static boolean play(Terminal terminal) throws InterruptedException {
        terminal.line("");
        terminal.line(terminal.paint(Look.STRONG, "Ebbgate: tools that end on time."));
        WARNINGS.setLevel(Level.OFF);
        Starts starts = new Starts();
        boolean asTold = true;
        try (ToolRuntime runtime = ToolRuntime.builder().listener(starts::count).build()) {
            asTold &= verdict(terminal, new StoppedTool(terminal).play(runtime), STOPPED);
            asTold &= verdict(terminal, new StubbornTool(terminal).play(runtime), STUBBORN);
        } catch (IOException e) {
            return verdict(terminal, List.of("this machine would not play: " + e), "");
        }
        boolean paired = verdict(terminal, starts.deviations(), "Each start has had one end.");
        return asTold && paired;
    }

    private static final String STOPPED =
            "Stopped on time by the limit on silence; the pages are kept, the process is gone, the"
                    + " cleanups have run, and the model knows.";
    private static final String STUBBORN =
            "The caller had its outcome on time all the same; the body is counted until it ends,"
                    + " and the model is not told that it was stopped.";

    private static boolean verdict(Terminal terminal, List<String> deviations, String good) {
        boolean asTold = deviations.isEmpty();
        String text = asTold ? good : "not as told: " + String.join("; ", deviations);
        terminal.line("");
        String before = "  " + terminal.mark(asTold) + " ";
        for (String line : Text.wrap(text, Text.WIDTH - 4)) {
            terminal.line(before + terminal.paint(asTold ? Look.GOOD : Look.BAD, line));
            before = "    ";
        }
        return asTold;
    }

    /// Counts what has begun and what has ended.
    private static final class Starts {
        private final AtomicInteger invoked = new AtomicInteger();
        private final AtomicInteger settled = new AtomicInteger();
        private final AtomicInteger terminated = new AtomicInteger();

        void count(ToolEvent event) {
            switch (event) {
                case ToolEvent.Invoked _ -> invoked.incrementAndGet();
                case ToolEvent.Settled _ -> settled.incrementAndGet();
                case ToolEvent.Terminated _ -> terminated.incrementAndGet();
                default -> {}
            }
        }

        /// Listeners are told on threads of their own, so the last end may be under way.
        List<String> deviations() throws InterruptedException {
            for (int i = 0; i < 500 && terminated.get() < invoked.get(); i++) {
                Thread.sleep(10);
            }
            return new Checks()
                    .that(settled.get() == invoked.get(), "settled " + settled)
                    .that(terminated.get() == invoked.get(), "terminated " + terminated)
                    .that(invoked.get() == 2, "invoked " + invoked)
                    .deviations();
        }
    }
}
