package dev.ebbgate.cli;

import dev.ebbgate.core.limit.Span;

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
import java.util.ArrayList;
import java.util.List;

/// `ebbgate provider`: sees the providers of a running gateway, and tries them.
@Command(
        name = "provider",
        description = "Sees the providers of a running gateway, and tries them.",
        footerHeading = "%nExamples:%n",
        footer = {"  ebbgate provider list", "  ebbgate provider verify vllm"})
final class ProviderCommand implements Runnable {
    /// For what is not waiting: the connection, and the way there and back.
    private static final long MARGIN_MILLIS = 30_000;

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
                EntryPrinter.list(all, "providers", "base-url").forEach(out()::println);
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
                            + " it; 1 if it cannot be used.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ebbgate provider verify vllm",
                "  ebbgate provider verify vllm --model nemotron --timeout 2m"
            })
    int verify(
            @Mixin AdminOption admin,
            @Parameters(paramLabel = "<provider>") String name,
            @Option(names = "--model", description = "Which model to ask for.")
                    @Nullable String model,
            @Option(
                            names = "--timeout",
                            paramLabel = "DURATION",
                            description =
                                    "How long its answer is waited for; 20s if absent, 1h at most.")
                    @Nullable String timeout,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws CommandFailed {
        Span wait = timeout == null ? null : AdminOption.duration(spec, "--timeout", timeout);
        List<String> query = new ArrayList<>();
        if (model != null) {
            query.add("model=" + AdminClient.part(model));
        }
        if (wait != null) {
            query.add("timeout=" + wait);
        }
        String path = "/providers/" + AdminClient.part(name) + "/verify?" + String.join("&", query);
        // The gateway must be able to say what came of it.
        try (AdminClient client =
                admin.open(
                        world,
                        wait == null ? null : Span.ofMillis(wait.millis() + MARGIN_MILLIS))) {
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
