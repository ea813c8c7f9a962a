package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate init`.
@Command(
        name = "init",
        description =
                "Writes a commented configuration with the providers found in the environment.")
final class Init implements Callable<Integer> {
    @Override
    public Integer call() throws CommandFailed {
        throw new CommandFailed("ebbgate: init is not wired yet");
    }
}
