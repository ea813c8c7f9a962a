package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate simulate`.
@Command(name = "simulate", description = "Starts the simulated provider.")
final class Simulate implements Callable<Integer> {
    @Override
    public Integer call() throws CommandFailed {
        throw new CommandFailed("ebbgate: simulate is not wired yet");
    }
}
