package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate serve`.
@Command(name = "serve", description = "Starts the gateway.")
final class Serve implements Callable<Integer> {
    @Override
    public Integer call() throws CommandFailed {
        throw new CommandFailed("ebbgate: serve is not wired yet");
    }
}
