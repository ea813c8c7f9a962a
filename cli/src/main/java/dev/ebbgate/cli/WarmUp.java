package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate warm-up`: does a little of everything and exits, so that the launcher can record which
/// classes a start needs. Prints nothing.
@Command(
        name = "warm-up",
        hidden = true,
        description = "Exercises the program once, for the launcher's start-up cache.")
final class WarmUp implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Rehearsal.play();
        return 0;
    }
}
