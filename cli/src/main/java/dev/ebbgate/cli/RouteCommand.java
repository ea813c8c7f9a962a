package dev.ebbgate.cli;

import io.vertx.core.json.JsonArray;
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
import java.util.List;
import java.util.Map;

/// `ebbgate route`: sees and changes the routes of a running gateway.
@Command(
        name = "route",
        aliases = "inference",
        description = {
            "Sees and changes the routes of a running gateway.",
            "A change holds for the next request and survives a restart: it is kept in an overlay,"
                    + " which wins over the configuration's file key by key."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ebbgate route get coder",
            "  ebbgate route update coder --stream-idle 300s",
            "  ebbgate route set coder --target vllm/nemotron --first-token 25m",
            "  ebbgate route reset coder"
        })
final class RouteCommand implements Runnable {
    private static final String EXAMPLES = "%nExamples:%n";
    private static final String ROUTES = "/routes/";

    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();

    RouteCommand(World world) {
        this.world = world;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Command(
            name = "list",
            description = "All routes with their targets.",
            footerHeading = EXAMPLES,
            footer = {"  ebbgate route list", "  ebbgate route list --json"})
    int list(
            @Mixin AdminOption admin,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            JsonObject all = client.get("/routes").body();
            if (json) {
                out().println(all.encodePrettily());
            } else {
                EntryPrinter.list(all, "routes", "targets").forEach(out()::println);
            }
            return 0;
        }
    }

    @Command(
            name = "get",
            description = "Every limit in force on a route, and where it is set.",
            footerHeading = EXAMPLES,
            footer = {"  ebbgate route get coder", "  ebbgate route get coder --json"})
    int get(
            @Mixin AdminOption admin,
            @Parameters(paramLabel = "<model>") String model,
            @Option(names = "--json", description = "As JSON.") boolean json)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            show(client.get(path(model)).body(), json);
            return 0;
        }
    }

    private void show(JsonObject route, boolean json) {
        if (json) {
            out().println(route.encodePrettily());
        } else {
            EntryPrinter.entry(route).forEach(out()::println);
        }
    }

    private static String path(String model) {
        return ROUTES + AdminClient.part(model);
    }

    @Command(
            name = "set",
            description =
                    "Replaces a route's targets and limits, or makes a route: a limit that is not"
                            + " named is inherited, targets stay where none is named.",
            footerHeading = EXAMPLES,
            footer = {
                "  ebbgate route set coder --first-token 25m",
                "  ebbgate route set new --target vllm/big --target openai/gpt-x"
            })
    int set(
            @Mixin AdminOption admin,
            @Parameters(paramLabel = "<model>") String model,
            @Option(names = "--target", paramLabel = "provider/model")
                    @Nullable List<String> targets,
            @Mixin LimitOptions limits)
            throws CommandFailed {
        Map<String, @Nullable String> named = limits.named();
        named.values().removeIf(value -> value == null);
        try (AdminClient client = admin.open(world)) {
            AdminClient.Answer old = client.find(path(model));
            if (old == null && targets == null) {
                throw new ParameterException(
                        spec.commandLine().getSubcommands().get("set"),
                        "there is no route "
                                + model
                                + "; to make it, name at least one --target provider/model");
            }
            JsonObject body =
                    old == null ? new JsonObject() : old.body().getJsonObject("settings").copy();
            body.remove("timeout");
            body.put("timeouts", new JsonObject(Map.copyOf(named)));
            if (targets != null) {
                body.put("targets", new JsonArray(targets));
            }
            String tag = old == null ? null : old.tag();
            String[] seen =
                    tag == null
                            ? new String[] {"if-none-match", "*"}
                            : new String[] {"if-match", tag};
            done(client.ask("PUT", path(model), body, seen));
            return 0;
        }
    }

    @Command(
            name = "update",
            description = "Changes what is named of a route, and nothing else.",
            footerHeading = EXAMPLES,
            footer = {
                "  ebbgate route update coder --stream-idle 300s",
                "  ebbgate route update coder --stream-idle inherit --request off"
            })
    int update(
            @Mixin AdminOption admin,
            @Parameters(paramLabel = "<model>") String model,
            @Option(names = "--target", paramLabel = "provider/model")
                    @Nullable List<String> targets,
            @Mixin LimitOptions limits)
            throws CommandFailed {
        JsonObject body = new JsonObject();
        JsonObject named = limits.json();
        if (!named.isEmpty()) {
            body.put("timeouts", named);
        }
        if (targets != null) {
            body.put("targets", new JsonArray(targets));
        }
        if (body.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("update"),
                    "nothing is named that could be changed; name at least one of --target,"
                            + " --connect, --first-token, --stream-idle, --no-progress, --attempt,"
                            + " --request");
        }
        try (AdminClient client = admin.open(world)) {
            done(client.ask("PATCH", path(model), body));
            return 0;
        }
    }

    @Command(
            name = "reset",
            description = "Drops what was changed of a route: the file's own holds again.",
            footerHeading = EXAMPLES,
            footer = "  ebbgate route reset coder")
    int reset(@Mixin AdminOption admin, @Parameters(paramLabel = "<model>") String model)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            done(client.ask("DELETE", "/overlay" + path(model), null));
            return 0;
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a route, also one of the file.",
            footerHeading = EXAMPLES,
            footer = "  ebbgate route delete coder")
    int delete(@Mixin AdminOption admin, @Parameters(paramLabel = "<model>") String model)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            String tag = client.get(path(model)).tag();
            done(client.ask("DELETE", path(model), null, "if-match", tag == null ? "*" : tag));
            return 0;
        }
    }

    @Command(
            name = "export",
            description = "A route as YAML, to be put into the file.",
            footerHeading = EXAMPLES,
            footer = "  ebbgate route export coder")
    int export(@Mixin AdminOption admin, @Parameters(paramLabel = "<model>") String model)
            throws CommandFailed {
        try (AdminClient client = admin.open(world)) {
            JsonObject settings = client.get(path(model)).body().getJsonObject("settings");
            YamlText.of("routes", model, settings).forEach(out()::println);
            return 0;
        }
    }

    /// What is in force now, on stdout; what to know of it, on stderr.
    private void done(AdminClient.Answer answer) {
        JsonArray remarks = answer.body().getJsonArray("remarks", new JsonArray());
        remarks.forEach(remark -> spec.commandLine().getErr().println(remark));
        if (answer.body().containsKey("deleted")) {
            out().println("deleted " + answer.body().getString("deleted"));
        } else {
            show(answer.body(), false);
        }
    }
}
