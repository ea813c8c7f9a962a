package dev.ebbgate.cli;

import dev.ebbgate.cli.audit.Columns;
import dev.ebbgate.cli.audit.Words;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    private static final List<String> TITLES =
            List.of("EXCHANGE", "MODEL", "TARGET", "ATTEMPT", "PHASE", "AGE", "ENDS BY");
    private static final int MOST_ROWS = 100_000;
    private static final int AGE = TITLES.indexOf("AGE");

    /// The longest name that is shown whole.
    private static final int NAME = 32;

    /// Lines before the first exchange.
    private static final int HEAD = 2;

    private static final String HOME = "\u001b[H\u001b[2J";

    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final AdminOption admin = new AdminOption();

    @Option(names = "--once", description = "Show it once and exit.")
    private boolean once;

    @Option(names = "--json", description = "As JSON, once.")
    private boolean json;

    @Option(
            names = "--rows",
            description =
                    "How many at most (default: ${DEFAULT-VALUE}); in a terminal no more than it"
                            + " has room for.")
    private int rows = 40;

    Top(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed, InterruptedException {
        if (rows < 1 || rows > MOST_ROWS) {
            throw new ParameterException(
                    spec.commandLine(), "--rows: write a number from 1 to " + MOST_ROWS);
        }
        PrintWriter out = spec.commandLine().getOut();
        String path = "/in-flight?limit=" + rows;
        try (AdminClient client = admin.open(world)) {
            if (json) {
                out.println(client.get(path).body().encodePrettily());
                return 0;
            }
            do {
                Window window = once ? null : Window.now();
                List<String> screen = screen(client.get(path).body(), window);
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
    ///
    /// @param window all that is there if null
    static List<String> screen(JsonObject inFlight, @Nullable Window window) {
        JsonArray exchanges = inFlight.getJsonArray("exchanges");
        List<List<String>> rows = new ArrayList<>();
        rows.add(TITLES);
        for (int i = 0; i < exchanges.size(); i++) {
            rows.add(row(exchanges.getJsonObject(i)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(""); // what is shown is known at the end
        lines.addAll(Columns.aligned(rows, column -> column != AGE));
        List<String> shown = new ArrayList<>(window == null ? lines : window.fitting(lines));
        if (shown.size() >= HEAD) {
            int count = shown.size() - HEAD;
            shown.set(0, inFlight.getInteger("in_flight") + " in flight, " + count + " shown");
        }
        return shown;
    }

    private static List<String> row(JsonObject one) {
        return List.of(
                one.getString("id"),
                cut(one.getString("model")),
                cut(which(one) + one.getString("target")),
                one.getInteger("attempt").toString(),
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

    private static String cut(String text) {
        String plain = Words.plain(text);
        return plain.length() <= NAME ? plain : plain.substring(0, NAME - 1) + "…";
    }
}
