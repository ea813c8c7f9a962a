package dev.ebbgate.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ebbgate completion`: what a shell needs to complete the commands.
@Command(
        name = "completion",
        description = "Prints the completion for bash and zsh: source <(ebbgate completion)")
final class Completion implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine().getOut().println(AutoComplete.bash("ebbgate", root));
        return 0;
    }
}
