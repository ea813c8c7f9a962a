package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate check`.
@Command(
        name = "check",
        description =
                "Checks the configuration and shows every limit in force and where it comes from.")
final class Check implements Callable<Integer> {
    @Override
    public Integer call() throws CommandFailed {
        throw new CommandFailed("ebbgate: check is not wired yet");
    }
}
