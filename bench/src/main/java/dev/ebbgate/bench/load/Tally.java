package dev.ebbgate.bench.load;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// What a load has counted so far; written by event loops, read by anyone.
public final class Tally {
    private static final int DIGITS = 3;

    private final LongAdder answers = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final AtomicReference<@Nullable String> firstError = new AtomicReference<>();
    private final Recorder nanos = new Recorder(DIGITS);

    /// Counts at one moment.
    public record Count(long answers, long events, long errors) {}

    void answered() {
        answers.increment();
    }

    void events(int more) {
        events.add(more);
    }

    void failed(String how) {
        errors.increment();
        firstError.compareAndSet(null, how);
    }

    /// Notes one latency or lateness; below 0 counts as 0.
    void took(long latencyNanos) {
        nanos.recordValue(Math.max(0, latencyNanos));
    }

    /// The counts now.
    public Count count() {
        return new Count(answers.sum(), events.sum(), errors.sum());
    }

    /// The first failure, if there was one.
    public Optional<String> firstError() {
        return Optional.ofNullable(firstError.get());
    }

    /// The latencies noted since the last call.
    public Histogram takeLatencies() {
        return nanos.getIntervalHistogram();
    }
}
