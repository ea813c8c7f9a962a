package dev.ebbgate.cli;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;

/// `ebbgate provider`: sees the providers of a running gateway, and tries them.
@Command(
        name = "provider",
        description = "Sees the providers of a running gateway, and tries them.",
        footerHeading = "%nExamples:%n",
        footer = {"  ebbgate provider list", "  ebbgate provider verify vllm"})
final class ProviderCommand implements Runnable {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();

    ProviderCommand(World world) {
        this.world = world;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(name = "list", description = "All providers with their addresses.")
    int list(
            @Mixin AdminOption admin,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            JsonObject all = client.get("/providers").body();
            if (json) {
                out().println(all.encodePrettily());
            } else {
                EntryPrinter.list(all.getJsonArray("providers"), "base-url")
                        .forEach(out()::println);
            }
            return 0;
        }
    }

    @Command(name = "get", description = "Every limit in force at a provider, and where it is set.")
    int get(
            @Mixin AdminOption admin,
            @Parameters(paramLabel = "<provider>") String name,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            JsonObject provider = client.get("/providers/" + AdminClient.part(name)).body();
            if (json) {
                out().println(provider.encodePrettily());
            } else {
                EntryPrinter.entry(provider).forEach(out()::println);
            }
            return 0;
        }
    }

    @Command(
            name = "verify",
            description =
                    "Sends a provider the smallest request there is, and explains what comes of"
                            + " it; 1 if it cannot be used.")
    int verify(
            @Mixin AdminOption admin,
            @Parameters(paramLabel = "<provider>") String name,
            @Option(names = "--model", description = "Which model to ask for.")
                    @Nullable String model,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws CommandFailed {
        String query = model == null ? "" : "?model=" + AdminClient.part(model);
        String path = "/providers/" + AdminClient.part(name) + "/verify" + query;
        try (AdminClient client = admin.open(world)) {
            JsonObject found = client.ask("POST", path, null).body();
            if (json) {
                out().println(found.encodePrettily());
            } else {
                out().println(
                                name
                                        + " at "
                                        + found.getString("base_url")
                                        + ": "
                                        + found.getString("kind")
                                        + ": "
                                        + found.getString("message"));
                out().println("  " + found.getString("next"));
            }
            return found.getBoolean("ok") ? 0 : 1;
        }
    }
}
