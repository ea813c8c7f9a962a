package dev.ebbgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `ebbgate demo`: a guided tour through the real gateway, against simulated providers.
@Command(
        name = "demo",
        description =
                "Shows slow work survive and dead work end, on real streams. Needs no key, no"
                        + " configuration and no network.")
final class Demo implements Callable<Integer> {
    private final World world;

    @Option(names = "--once", description = "Exit after the tour; 0 if every scene went as told.")
    private boolean once;

    Demo(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        throw new CommandFailed("ebbgate: demo is not wired yet" + (once ? "" : world.folder()));
    }
}
