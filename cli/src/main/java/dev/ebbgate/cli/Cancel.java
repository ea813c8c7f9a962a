package dev.ebbgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ebbgate cancel`: ends an exchange.
@Command(
        name = "cancel",
        description =
                "Ends an exchange: its client gets an honest error, and the upstream is closed.",
        footerHeading = "%nExamples:%n",
        footer = "  ebbgate cancel ebb-4zv0n8kd1qhtc")
final class Cancel implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final AdminOption admin = new AdminOption();

    @Parameters(paramLabel = "<exchange id>", description = "As top shows it.")
    private String exchange = "";

    Cancel(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            client.ask("DELETE", "/in-flight/" + AdminClient.part(exchange), null);
            spec.commandLine().getOut().println("cancelled " + exchange);
            return 0;
        }
    }
}
