package dev.ebbgate.cli;

import picocli.CommandLine.Command;

import java.util.concurrent.Callable;

/// `ebbgate demo`.
@Command(
        name = "demo",
        description =
                "Shows slow work survive and dead work end, on real streams. Needs no key and no"
                        + " network.")
final class Demo implements Callable<Integer> {
    @Override
    public Integer call() throws CommandFailed {
        throw new CommandFailed("ebbgate: demo is not wired yet");
    }
}
