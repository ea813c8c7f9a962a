package dev.ebbgate.bench;

import dev.ebbgate.bench.run.BenchRun;
import dev.ebbgate.bench.soak.Soak;
import dev.ebbgate.bench.upstream.Upstream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What `bench/run` and `bench/soak` start.
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    /// `upstream PORT`, `quick|full ROOT WORK CONTESTANTS` or `soak WORK EBBGATE MINUTES`.
    public static void main(String[] args) {
        try {
            System.exit(start(List.of(args)));
        } catch (Exception e) {
            System.err.println("bench: failed: " + e);
            System.exit(1);
        }
    }

    private static int start(List<String> args) throws Exception {
        String command = args.isEmpty() ? "" : args.getFirst();
        switch (command) {
            case "upstream" -> Upstream.serve(Integer.parseInt(args.get(1)));
            case "quick", "full" ->
                    BenchRun.run(
                            command.equals("quick"),
                            List.of(args.get(3).split(",", -1)),
                            Path.of(args.get(1)),
                            Path.of(args.get(2)));
            case "soak" -> {
                Duration silence = Duration.ofMinutes(Long.parseLong(args.get(3)));
                return Soak.run(Path.of(args.get(1)), args.get(2), silence) ? 0 : 1;
            }
            default -> {
                System.err.println("bench: start it with bench/run or bench/soak");
                return USAGE;
            }
        }
        return 0;
    }
}
