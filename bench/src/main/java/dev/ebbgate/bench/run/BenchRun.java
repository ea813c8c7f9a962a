package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.Loops;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// One run from start to end: provider, contestants, alternating rounds, result.
public final class BenchRun implements AutoCloseable {
    private static final int WARMING_TURNS = 3;

    private final Plan plan;
    private final Site site;
    private final Tools tools;
    private final Loops loops = new Loops();
    private final Results results;
    private final List<Running> contestants = new ArrayList<>();
    private @Nullable Child upstream;

    private BenchRun(Plan plan, Site site, Tools tools) throws IOException {
        this.plan = plan;
        this.site = site;
        this.tools = tools;
        this.results = new Results(site.file("rows.tsv"));
    }

    /// Measures the named contestants; prints the ratio line if `quick`, else the table, which is
    /// also kept in the work folder as `table.md`.
    public static void run(boolean quick, List<String> names, Path root, Path work)
            throws IOException, InterruptedException {
        Site site = new Site(root, work, Site.freePort());
        try (BenchRun run = new BenchRun(plan(quick), site, Tools.from(System.getenv()))) {
            run.start(names);
            run.throughput();
            if (quick) {
                System.out.println(run.ratioLine(names));
                return;
            }
            run.latency();
            run.limits();
            run.memory(names);
            String table = new Table(run.results, names, run.plan).text(run.tools.versions());
            Files.writeString(site.file("table.md"), table);
            System.out.print(table);
        }
    }

    private static Plan plan(boolean quick) {
        Plan plan = quick ? Plan.QUICK : Plan.FULL;
        String rounds = System.getenv("BENCH_ROUNDS");
        return rounds == null ? plan : plan.withRounds(Integer.parseInt(rounds));
    }

    private void start(List<String> names) throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-Xms256m",
                        "-Xmx512m",
                        "-Xmn8m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.ebbgate.bench.Main",
                        "upstream",
                        Integer.toString(site.upstreamPort()));
        upstream = Child.start(site.work(), "upstream", command);
        Contestants starter = new Contestants(site, tools, loops);
        starter.start(Running.DIRECT).close();
        for (String name : names) {
            say("starting " + name);
            contestants.add(starter.start(name));
        }
        warm(new Throughput(loops, results));
    }

    // In turns: what a compiler has settled for one load it takes back at the first of another, and
    // whoever is warmed first has partly forgotten it when the last one is.
    private void warm(Throughput throughput) throws InterruptedException {
        for (int turn = 1; turn <= WARMING_TURNS; turn++) {
            for (Running running : inTurn(turn)) {
                say("warming " + running.name() + ", turn " + turn + " of " + WARMING_TURNS);
                Duration all = running.compilesAsItRuns() ? plan.warmUp() : plan.greeting();
                Duration share = all.dividedBy((long) WARMING_TURNS * Scenario.values().length);
                for (Scenario scenario : Scenario.values()) {
                    throughput.warm(running, scenario, share);
                }
            }
        }
    }

    private void throughput() throws IOException, InterruptedException {
        Throughput throughput = new Throughput(loops, results);
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Scenario scenario : Scenario.values()) {
                say("round " + round + " of " + plan.rounds() + ", " + scenario.key());
                for (Running running : inTurn(round)) {
                    throughput.measure(round, running, scenario, plan.round());
                }
            }
        }
    }

    private void latency() throws InterruptedException {
        Latency latency = new Latency(loops, results);
        for (int round = 1; round <= plan.rounds(); round++) {
            say("round " + round + " of " + plan.rounds() + ", latency");
            for (Running running : inTurn(round)) {
                latency.measure(round, running, plan.round());
                if (running.name().equals(Running.EBBGATE)) {
                    latency.measureFailover(round, running, plan.round());
                }
            }
        }
    }

    private void limits() throws InterruptedException {
        Lateness lateness = new Lateness(loops, results);
        for (Running running : contestants) {
            if (running.name().equals(Running.EBBGATE) || running.name().equals(Running.NGINX)) {
                say("limits, " + running.name());
                lateness.measure(running, plan.crowd());
            }
        }
    }

    // In fresh processes: a heap that a saturating load has grown would hold the streams for
    // nothing.
    private void memory(List<String> names) throws IOException, InterruptedException {
        contestants.forEach(Running::close);
        contestants.clear();
        Contestants starter = new Contestants(site, tools, loops);
        Throughput throughput = new Throughput(loops, results);
        Memory memory = new Memory(loops, results);
        for (String name : names) {
            try (Running running = starter.start(name)) {
                if (running.child().isEmpty()) {
                    continue;
                }
                say("memory, " + name);
                throughput.warm(running, Scenario.BURST, Duration.ofSeconds(5));
                memory.measure(running, running.child().get(), plan.crowd());
            }
        }
    }

    private List<Running> inTurn(int round) {
        List<Running> turn = new ArrayList<>(contestants);
        Collections.rotate(turn, round);
        return turn;
    }

    /// What the first costs, divided by what the second does; one alone stands against nginx.
    private String ratioLine(List<String> names) {
        String other = names.size() > 1 ? names.get(1) : Running.NGINX;
        StringBuilder line = new StringBuilder("ratio");
        for (Scenario scenario : Scenario.values()) {
            double ratio = results.ratio(names.getFirst(), other, scenario.key() + ".cpu-micros");
            line.append(String.format(Locale.ROOT, " %s=%.2f", scenario.key(), ratio));
        }
        return line.toString();
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }

    @Override
    public void close() {
        contestants.forEach(Running::close);
        if (upstream != null) {
            upstream.close();
        }
        loops.close();
        results.close();
    }
}
