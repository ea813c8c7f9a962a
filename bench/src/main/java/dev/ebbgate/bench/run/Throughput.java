package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.ClosedLoop;
import dev.ebbgate.bench.load.Loops;
import dev.ebbgate.bench.load.Tally;

import java.io.IOException;
import java.time.Duration;

/// Measures what one contestant's work costs under a saturating load.
final class Throughput {
    private static final Duration SETTLE = Duration.ofMillis(700);

    private final Loops loops;
    private final Results results;

    Throughput(Loops loops, Results results) {
        this.loops = loops;
        this.results = results;
    }

    /// CPU time per unit, and units per second, of one round.
    void measure(int round, Running running, Scenario scenario, Duration duration)
            throws IOException, InterruptedException {
        ClosedLoop load = start(running, scenario);
        Thread.sleep(SETTLE);
        Tally.Count before = load.tally().count();
        long cpuBefore = running.cpuMicros();
        long start = System.nanoTime();
        Thread.sleep(duration);
        Tally.Count after = load.tally().count();
        long cpu = running.cpuMicros() - cpuBefore;
        double seconds = (System.nanoTime() - start) / 1e9;
        load.stop();
        Failure.ifAny(running.name() + " " + scenario.key(), load.tally());
        long units = scenario.units(before, after);
        results.add(round, running.name(), scenario.key() + ".per-second", units / seconds);
        if (running.child().isPresent()) {
            results.add(
                    round, running.name(), scenario.key() + ".cpu-micros", (double) cpu / units);
        }
    }

    /// Runs this load without noting anything but failures.
    void warm(Running running, Scenario scenario, Duration duration) throws InterruptedException {
        ClosedLoop load = start(running, scenario);
        Thread.sleep(duration);
        load.stop();
        Failure.ifAny(running.name() + " " + scenario.key(), load.tally());
    }

    private ClosedLoop start(Running running, Scenario scenario) {
        return ClosedLoop.start(
                loops, running.port(), scenario.connections, running.shot(scenario.kind));
    }
}
