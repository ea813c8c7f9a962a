package dev.ebbgate.cli;

import dev.ebbgate.cli.demo.Terminal;
import dev.ebbgate.cli.demo.ToolTour;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `ebbgate demo tools`: the tool runtime, with tools that hang.
@Command(
        name = "tools",
        description =
                "Shows tools that hang being stopped on time, keeping what they produced, cleaning"
                        + " up, and telling the model the truth. 10 seconds.")
final class DemoTools implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--once",
            description = "Changes nothing: the demo ends by itself; 0 if all went as told.")
    @SuppressWarnings("UnusedVariable") // it is there so that both demos are called alike
    private boolean once;

    DemoTools(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.of(out, world.environment(), Terminal.isTerminal());
        return ToolTour.play(terminal) ? 0 : 1;
    }
}
