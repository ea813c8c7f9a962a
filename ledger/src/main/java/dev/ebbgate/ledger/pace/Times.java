package dev.ebbgate.ledger.pace;

import dev.ebbgate.ledger.pack.Packed;
import dev.ebbgate.ledger.pack.Unpacked;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/// Lengths of time of one kind, in milliseconds: a histogram of three significant digits, the exact
/// maximum, and which of them are only known to be "at least so long".
///
/// What was cut short counts with the time it had taken. A percentile at or above the shortest of
/// these could be longer in truth, and says so. Not thread-safe.
public final class Times {

    private static final int DIGITS = 3;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /// Longer is not told apart: no exchange lasts a week.
    private static final long LONGEST_MILLIS = 7L * 24 * 60 * 60 * 1_000;

    private final IntCountsHistogram histogram = new IntCountsHistogram(DIGITS);
    private @Nullable Counts written;
    private long cutShort;
    private long shortestCutMillis = Long.MAX_VALUE;
    private long maxMillis;

    public Times() {
        histogram.setAutoResize(true);
    }

    /// All that was counted, what came in writing included.
    private IntCountsHistogram all() {
        if (written != null) {
            written.each(histogram::recordValueWithCount);
            written = null;
        }
        return histogram;
    }

    /// Counts one.
    ///
    /// @param isCutShort whether it would have gone on
    public void add(long nanos, boolean isCutShort) {
        long millis =
                Math.clamp((nanos + NANOS_PER_MILLI / 2) / NANOS_PER_MILLI, 0, LONGEST_MILLIS);
        histogram.recordValue(millis);
        maxMillis = Math.max(maxMillis, millis);
        if (isCutShort) {
            cutShort++;
            shortestCutMillis = Math.min(shortestCutMillis, millis);
        }
    }

    /// Counts what another has counted.
    public void add(Times other) {
        if (other.count() == 0) {
            return;
        }
        histogram.add(other.all());
        maxMillis = Math.max(maxMillis, other.maxMillis);
        cutShort += other.cutShort;
        shortestCutMillis = Math.min(shortestCutMillis, other.shortestCutMillis);
    }

    /// Counts what another has counted and written.
    void add(Unpacked in) {
        long cut = in.number();
        long shortest = in.number();
        long max = in.number();
        ByteBuffer encoded = in.octets();
        if (!encoded.hasRemaining()) {
            return;
        }
        if (Counts.isPlain(encoded, DIGITS)) {
            written = written == null ? new Counts() : written;
            written.add(encoded);
        } else {
            histogram.add(IntCountsHistogram.decodeFromByteBuffer(encoded, 0));
        }
        maxMillis = Math.max(maxMillis, max);
        if (cut > 0) {
            cutShort += cut;
            shortestCutMillis = Math.min(shortestCutMillis, shortest);
        }
    }

    public long count() {
        return all().getTotalCount();
    }

    /// How many were cut short.
    public long cutShort() {
        return cutShort;
    }

    /// The longest.
    public Measured max() {
        return measured(maxMillis);
    }

    /// By nearest rank: the shortest that so many per cent do not exceed.
    ///
    /// @param percent over 0, up to 100
    public Measured percentile(double percent) {
        return measured(Math.min(maxMillis, all().getValueAtPercentile(percent)));
    }

    private Measured measured(long millis) {
        return new Measured(millis, cutShort > 0 && millis >= shortestCutMillis);
    }

    /// How many lasted at least so long, to three digits.
    public long atLeast(long millis) {
        long longest = all().getMaxValue();
        return count() == 0 || millis > longest ? 0 : all().getCountBetweenValues(millis, longest);
    }

    /// Counts per length; for whoever wants another statistic of them.
    public Histogram histogram() {
        Histogram copy = new Histogram(DIGITS);
        copy.setAutoResize(true);
        copy.add(all());
        return copy;
    }

    void write(Packed out, Scratch scratch) {
        out.number(cutShort);
        out.number(cutShort == 0 ? 0 : shortestCutMillis);
        out.number(maxMillis);
        if (count() == 0) {
            out.number(0);
            return;
        }
        byte[] encoded = scratch.bytes(all().getNeededByteBufferCapacity());
        int length = all().encodeIntoByteBuffer(ByteBuffer.wrap(encoded));
        out.octets(encoded, length);
    }

    static Times read(Unpacked in) {
        Times times = new Times();
        times.add(in);
        return times;
    }

    /// A buffer that is used again and again.
    static final class Scratch {
        private byte[] bytes = new byte[1024];

        private byte[] bytes(int capacity) {
            if (bytes.length < capacity) {
                bytes = new byte[capacity];
            }
            return bytes;
        }
    }
}
