package dev.ebbgate.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/// The command `ebbgate`.
///
/// Exit codes: 0 all is well, 1 a problem at run time or in the configuration, 2 wrong usage.
@Command(
        name = "ebbgate",
        description = "An LLM gateway in which every wait has its own limit.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        sortOptions = false,
        footerHeading = "%nExit codes: ",
        footer = "0 all is well; 1 a problem at run time or in the configuration; 2 wrong usage")
public final class Main implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(World.real(), out, err, args));
    }

    /// Runs one command to its end and answers its exit code.
    static int run(World world, PrintWriter out, PrintWriter err, String... args) {
        CommandLine line = new CommandLine(new Main());
        Commands.of(world, args).forEach(line::addSubcommand);
        return line.setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new Complaint())
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
