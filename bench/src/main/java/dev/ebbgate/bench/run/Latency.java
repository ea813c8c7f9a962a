package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.FixedRate;
import dev.ebbgate.bench.load.Loops;
import dev.ebbgate.bench.upstream.Kind;

import org.HdrHistogram.Histogram;

import java.time.Duration;

/// Measures latencies of JSON requests at a low, fixed rate.
final class Latency {
    private static final int PER_SECOND = 200;
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private final Loops loops;
    private final Results results;

    Latency(Loops loops, Results results) {
        this.loops = loops;
        this.results = results;
    }

    /// The median and the 99th percentile of one round.
    void measure(int round, Running running, Duration duration) throws InterruptedException {
        measure(round, running, Kind.JSON, "", duration);
    }

    /// The same where the first target fails at once and the next one answers.
    void measureFailover(int round, Running running, Duration duration)
            throws InterruptedException {
        measure(round, running, Kind.FAILING, "failover.", duration);
    }

    private void measure(int round, Running running, Kind kind, String measured, Duration duration)
            throws InterruptedException {
        FixedRate load = FixedRate.start(loops, running.port(), PER_SECOND, running.shot(kind));
        Thread.sleep(SETTLE);
        load.tally().takeLatencies();
        Thread.sleep(duration);
        Histogram nanos = load.tally().takeLatencies();
        load.stop();
        Failure.ifAny(running.name() + " at a fixed rate", load.tally());
        results.add(
                round,
                running.name(),
                measured + "p50-millis",
                nanos.getValueAtPercentile(50) / 1e6);
        results.add(
                round,
                running.name(),
                measured + "p99-millis",
                nanos.getValueAtPercentile(99) / 1e6);
    }
}
