package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.Crowd;
import dev.ebbgate.bench.load.Loops;
import dev.ebbgate.bench.upstream.Kind;

import java.io.IOException;
import java.time.Duration;

/// Measures the resident memory that an open, silent stream costs.
final class Memory {
    private static final Duration RAMP = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofSeconds(3);
    private static final int PATIENCE_SECONDS = 60;

    private final Loops loops;
    private final Results results;

    Memory(Loops loops, Results results) {
        this.loops = loops;
        this.results = results;
    }

    /// KiB per stream, between before the first stream and after the last has its token and has
    /// fallen silent.
    void measure(Running running, Child child, int streams)
            throws IOException, InterruptedException {
        Thread.sleep(REST);
        long before = child.residentKib();
        Crowd crowd = Crowd.waiting(loops, running.port(), running.shot(Kind.STALL), streams, RAMP);
        Thread.sleep(RAMP);
        for (int waited = 0; crowd.silent() < streams && waited < PATIENCE_SECONDS; waited++) {
            Thread.sleep(Duration.ofSeconds(1));
        }
        Thread.sleep(REST);
        long after = child.residentKib();
        long silent = crowd.silent();
        crowd.stop();
        Failure.ifAny(running.name() + " silent streams", crowd.tally());
        if (silent != streams) {
            throw new Failure(running.name() + " holds " + silent + " of " + streams + " streams");
        }
        results.add(1, running.name(), "rss-before-kib", (double) before);
        results.add(1, running.name(), "kib-per-stream", (double) (after - before) / streams);
    }
}
