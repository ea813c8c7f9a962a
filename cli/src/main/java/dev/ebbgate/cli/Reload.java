package dev.ebbgate.cli;

import io.vertx.core.json.JsonArray;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ebbgate reload`: has the gateway read its configuration again.
@Command(
        name = "reload",
        description =
                "Has the gateway read its configuration again. A bad file changes nothing, and all"
                        + " that is wrong with it is told.",
        footerHeading = "%nExamples:%n",
        footer = {"  ebbgate reload", "  ebbgate reload --admin http://127.0.0.1:12001"})
final class Reload implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final AdminOption admin = new AdminOption();

    Reload(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            JsonArray remarks = client.ask("POST", "/reload", null).body().getJsonArray("remarks");
            remarks.forEach(spec.commandLine().getErr()::println);
            spec.commandLine().getOut().println("reloaded");
            return 0;
        }
    }
}
