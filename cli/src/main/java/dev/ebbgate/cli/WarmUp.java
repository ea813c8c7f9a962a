package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate warm-up`.
@Command(
        name = "warm-up",
        hidden = true,
        description = "Exercises the program once, for the start-up cache.")
final class WarmUp implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
