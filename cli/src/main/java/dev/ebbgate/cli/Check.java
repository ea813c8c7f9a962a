package dev.ebbgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `ebbgate check`: all problems of a configuration, or all limits it puts in force and what will
/// happen when a target fails.
@Command(
        name = "check",
        description =
                "Checks the configuration and shows every limit in force, where it comes from,"
                        + " and what happens when a target fails.")
final class Check implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final ConfigOption option = new ConfigOption();

    Check(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        ConfigOption.Chosen chosen = option.load(world);
        PrintWriter out = spec.commandLine().getOut();
        chosen.remarks().forEach(spec.commandLine().getErr()::println);
        out.println(chosen.source().name() + ": OK");
        LimitTable.of(chosen.config()).forEach(out::println);
        Outlook.of(chosen.config()).forEach(out::println);
        Destinations.lines(chosen.config()).forEach(out::println);
        return 0;
    }
}
