package dev.ebbgate.ledger.pace;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The sum of histograms as they were written down. One question reads thousands of them: making a
/// histogram of each, or asking one for the place of every count, would take most of its time.
///
/// The layout is that of HdrHistogram's encoding V2 (`AbstractHistogram.encodeIntoByteBuffer`,
/// `ZigZagEncoding`): a head, then the counts in the order of their lengths, where a negative one
/// stands for so many zeros.
final class Counts {

    private static final int COOKIE = 0x1c849303 | 0x10;
    private static final int HEAD = 40;
    private static final int OFFSET_AT = 8;
    private static final int DIGITS_AT = 12;
    private static final int LOWEST_AT = 16;

    /// Lengths below 2048 are told apart; above, each doubling has 1024 steps.
    private static final int STEP_BITS = 10;

    private static final int STEPS = 1 << STEP_BITS;
    private static final int MORE = 0x80;
    private static final int LOW = 0x7f;
    private static final int BITS = 7;

    private long[] sums = new long[4 * STEPS];

    /// Takes a sum that is not zero.
    @FunctionalInterface
    interface Sink {
        void count(long value, long count);
    }

    /// Whether it is written as this class expects: in units of 1, to these digits.
    static boolean isPlain(ByteBuffer encoded, int digits) {
        return encoded.remaining() >= HEAD
                && encoded.getInt(0) == COOKIE
                && encoded.getInt(OFFSET_AT) == 0
                && encoded.getInt(DIGITS_AT) == digits
                && encoded.getLong(LOWEST_AT) == 1;
    }

    /// Adds what is written.
    void add(ByteBuffer encoded) {
        encoded.position(HEAD);
        int index = 0;
        while (encoded.hasRemaining()) {
            long next = number(encoded);
            if (next < 0) {
                index += Math.toIntExact(-next);
            } else {
                if (index >= sums.length) {
                    sums = Arrays.copyOf(sums, 2 * index);
                }
                sums[index++] += next;
            }
        }
    }

    /// Hands out the sums.
    void each(Sink sink) {
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] != 0) {
                sink.count(value(i), sums[i]);
            }
        }
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & LOW) << shift;
            shift += BITS;
        } while ((next & MORE) != 0);
        return value >>> 1 ^ -(value & 1);
    }

    private static long value(int index) {
        int doublings = (index >> STEP_BITS) - 1;
        return doublings < 0 ? index : (long) ((index & STEPS - 1) + STEPS) << doublings;
    }
}
