package dev.ebbgate.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `ebbgate top`: what is in flight, and what will end it.
@Command(
        name = "top",
        description = {
            "Shows what is in flight, the exchange whose limit runs out first at the head: its"
                    + " target and which of the route's that is, the number of the attempt, its"
                    + " phase, its age, that limit, and when. Refreshes in place until Ctrl-C."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ebbgate top", "  ebbgate top --once", "  ebbgate top --json --rows 1000"})
final class Top implements Callable<Integer> {
    private static final String LINE = "%-21s %-16s %-32s %-7s %-12s %9s  %s";
    private static final String HOME = "\u001b[H\u001b[2J";

    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final AdminOption admin = new AdminOption();

    @Option(names = "--once", description = "Show it once and exit.")
    private boolean once;

    @Option(names = "--json", description = "As JSON, once.")
    private boolean json;

    @Option(names = "--rows", description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int rows = 40;

    Top(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        String path = "/in-flight?limit=" + rows;
        try (AdminClient client = admin.open(world)) {
            if (json) {
                out.println(client.get(path).body().encodePrettily());
                return 0;
            }
            do {
                List<String> screen = screen(client.get(path).body());
                out.print((once ? "" : HOME) + String.join("\n", screen) + "\n");
                out.flush();
                if (!once) {
                    Thread.sleep(1_000);
                }
            } while (!once);
            return 0;
        }
    }

    /// What is shown, line by line.
    static List<String> screen(JsonObject inFlight) {
        JsonArray shown = inFlight.getJsonArray("exchanges");
        List<String> lines = new ArrayList<>();
        lines.add(inFlight.getInteger("in_flight") + " in flight, " + shown.size() + " shown");
        lines.add(
                String.format(
                        LINE, "EXCHANGE", "MODEL", "TARGET", "ATTEMPT", "PHASE", "AGE", "ENDS BY"));
        for (int i = 0; i < shown.size(); i++) {
            lines.add(line(shown.getJsonObject(i)));
        }
        return lines;
    }

    private static String line(JsonObject one) {
        return String.format(
                LINE,
                one.getString("id"),
                cut(one.getString("model"), 16),
                cut(which(one) + one.getString("target"), 32),
                one.getInteger("attempt"),
                one.getString("state").equals("open") ? one.getString("phase") : "delivering",
                seconds(one.getDouble("age_ms")),
                ends(one));
    }

    /// Which of the route's targets it is; nothing where there is but one.
    private static String which(JsonObject one) {
        int targets = one.getInteger("targets");
        return targets == 1 ? "" : one.getInteger("target_number") + "/" + targets + " ";
    }

    private static String ends(JsonObject one) {
        JsonObject next = one.getJsonObject("next_limit");
        return next == null
                ? "-"
                : next.getString("limit")
                        + " "
                        + next.getString("value")
                        + " in "
                        + seconds(next.getDouble("in_ms"))
                        + " ("
                        + next.getString("source")
                        + ")";
    }

    private static String seconds(double millis) {
        return String.format("%.1fs", millis / 1_000);
    }

    /// Names come from clients: none may move the cursor.
    private static String cut(String text, int most) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= most ? plain : plain.substring(0, most - 1) + "…";
    }
}
