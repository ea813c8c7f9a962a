package dev.ebbgate.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The result of a full run as Markdown.
final class Table {
    private final Results results;
    private final List<String> names;
    private final Plan plan;

    Table(Results results, List<String> names, Plan plan) {
        this.results = results;
        this.names = names;
        this.plan = plan;
    }

    /// Header and table; `versions` says what was measured.
    String text(String versions) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("# Benchmark of ").append(LocalDate.now(ZoneOffset.UTC)).append("\n\n");
        text.append("- Machine: ").append(machine()).append('\n');
        text.append("- Versions: ").append(versions).append('\n');
        text.append(
                """
                - Client, proxy and provider are three processes on these cores, over loopback. nginx: one worker per
                  core, `proxy_buffering off`, connections kept on both sides, one log line per request as Ebbgate.
                - Medians of %d alternating rounds of %d s after %d s of warm-up (nginx: %d s). In brackets: relative to nginx;
                  differences below 15 %% are noise. `bench/README.md` says what each figure means.

                """
                        .formatted(
                                plan.rounds(),
                                plan.round().toSeconds(),
                                plan.warmUp().toSeconds(),
                                plan.greeting().toSeconds()));
        head(text);
        priceRows(text);
        speedRows(text);
        crowdRows(text);
        return text.toString();
    }

    private void head(StringBuilder text) {
        text.append("| |")
                .append(
                        names.stream()
                                .map(name -> " " + name + " |")
                                .collect(Collectors.joining()));
        text.append("\n|---|").append("--:|".repeat(names.size())).append('\n');
    }

    private void priceRows(StringBuilder text) {
        row(text, "CPU per JSON request, µs", name -> priced(name, "json.cpu-micros"));
        row(
                text,
                "CPU per stream of 64 chunks at once, µs",
                name -> priced(name, "burst.cpu-micros"));
        row(
                text,
                "CPU per paced chunk (300 streams, one each 20 ms), µs",
                name -> priced(name, "paced.cpu-micros"));
    }

    private void speedRows(StringBuilder text) {
        row(
                text,
                "JSON requests per second",
                name -> plain("%,.0f", results.median(name, "json.per-second")));
        row(
                text,
                "64-chunk streams per second",
                name -> plain("%,.0f", results.median(name, "burst.per-second")));
        row(
                text,
                "paced chunks per second",
                name -> plain("%,.0f", results.median(name, "paced.per-second")));
        row(
                text,
                "p50 at 200 requests/s, ms",
                name -> plain("%.3f", results.median(name, "p50-millis")));
        row(text, "added p50, ms", name -> added(name, "p50-millis"));
        row(text, "added p99, ms", name -> added(name, "p99-millis"));
        row(
                text,
                "first target answers 503, next one 200: p50, ms",
                name -> plain("%.3f", results.median(name, "failover.p50-millis")));
        row(
                text,
                "the same, p99, ms",
                name -> plain("%.3f", results.median(name, "failover.p99-millis")));
    }

    private void crowdRows(StringBuilder text) {
        String streams = String.format(Locale.ROOT, "%,d", plan.crowd());
        row(
                text,
                "memory per idle stream at " + streams + ", KiB",
                name -> one(name, "kib-per-stream"));
        row(
                text,
                "resident before, MiB",
                name -> plain("%.0f", scaled(name, "rss-before-kib", 1.0 / 1024)));
        row(
                text,
                "limits fired, " + streams + " armed",
                name -> plain("%,.0f", results.median(name, "late.fired")));
        row(text, "earliest, ms after the limit", name -> one(name, "late.earliest-millis"));
        row(text, "lateness p50, ms", name -> one(name, "late.p50-millis"));
        row(text, "lateness p99.9, ms", name -> one(name, "late.p99.9-millis"));
        row(text, "lateness max, ms", name -> one(name, "late.max-millis"));
    }

    private void row(StringBuilder text, String title, Function<String, String> cell) {
        text.append("| ").append(title).append(" |");
        names.forEach(name -> text.append(' ').append(cell.apply(name)).append(" |"));
        text.append('\n');
    }

    private String priced(String name, String measure) {
        String price = one(name, measure);
        double ratio = results.ratio(name, Running.NGINX, measure);
        boolean compared = !name.equals(Running.NGINX) && Double.isFinite(ratio);
        return compared ? String.format(Locale.ROOT, "%s (%.2f)", price, ratio) : price;
    }

    private String added(String name, String measure) {
        if (name.equals(Running.DIRECT)) {
            return "–";
        }
        double difference =
                results.median(name, measure).orElse(Double.NaN)
                        - results.median(Running.DIRECT, measure).orElse(Double.NaN);
        return Double.isNaN(difference) ? "–" : String.format(Locale.ROOT, "%.3f", difference);
    }

    private String one(String name, String measure) {
        return plain("%.1f", results.median(name, measure));
    }

    private OptionalDouble scaled(String name, String measure, double factor) {
        OptionalDouble value = results.median(name, measure);
        return value.isEmpty() ? value : OptionalDouble.of(value.getAsDouble() * factor);
    }

    private static String plain(String format, OptionalDouble value) {
        return value.isEmpty() ? "–" : String.format(Locale.ROOT, format, value.getAsDouble());
    }

    private static String machine() throws IOException {
        String model = entry("/proc/cpuinfo", "model name");
        long kib = Long.parseLong(entry("/proc/meminfo", "MemTotal").split(" ", -1)[0]);
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GiB, Linux %s",
                Runtime.getRuntime().availableProcessors(),
                model,
                kib / 1024.0 / 1024.0,
                System.getProperty("os.version"));
    }

    private static String entry(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
