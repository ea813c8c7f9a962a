package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.Crowd;
import dev.ebbgate.bench.load.Loops;
import dev.ebbgate.bench.load.Shot;
import dev.ebbgate.bench.upstream.Kind;

import org.HdrHistogram.Histogram;

import java.time.Duration;

/// Measures how late limits fire while thousands are armed.
final class Lateness {
    /// The limit on silence that is measured; nginx gets the same as `proxy_read_timeout`.
    static final Duration LIMIT = Duration.ofSeconds(10);

    private static final Duration MEASURED = Duration.ofSeconds(25);

    private final Loops loops;
    private final Results results;

    Lateness(Loops loops, Results results) {
        this.loops = loops;
        this.results = results;
    }

    /// Opens the streams evenly, so that they also end evenly, and each is followed by a new one on
    /// its own beat: the crowd stays armed. Some are at rest, so there are a few more of them. The
    /// first limit of each is not counted. Lateness runs from the provider's sending of the last
    /// token plus the limit to the client's reading of the end, both transports included.
    void measure(Running running, int streams) throws InterruptedException {
        Shot shot =
                running.shot(
                        Kind.STALL,
                        "x-ebbgate-timeout-stream-idle: " + LIMIT.toSeconds() + "s\r\n");
        Crowd crowd = Crowd.limited(loops, running.limitedPort(), shot, LIMIT, running.ending());
        Duration beat = LIMIT.plus(Crowd.REST);
        crowd.open((int) (streams * beat.toMillis() / LIMIT.toMillis()), beat);
        Thread.sleep(beat.multipliedBy(2)); // what opens them and what ends them is compiled
        var _ = crowd.tally().takeLatencies();
        Thread.sleep(MEASURED);
        long armed = crowd.silent();
        Histogram nanos = crowd.tally().takeLatencies();
        crowd.stop();
        Failure.ifAny(running.name() + " limits", crowd.tally());
        results.add(1, running.name(), "late.armed", (double) armed);
        results.add(1, running.name(), "late.fired", (double) nanos.getTotalCount());
        results.add(1, running.name(), "late.earliest-millis", crowd.earliestNanos() / 1e6);
        results.add(1, running.name(), "late.p50-millis", nanos.getValueAtPercentile(50) / 1e6);
        results.add(1, running.name(), "late.p99.9-millis", nanos.getValueAtPercentile(99.9) / 1e6);
        results.add(1, running.name(), "late.max-millis", nanos.getMaxValue() / 1e6);
    }
}
