package dev.ebbgate.ledger.pace;

import java.util.SplittableRandom;

/// Lengths of time drawn to a row of an audit: so many, with this median, this ninth decile and
/// this longest.
public final class Drawn {

    private Drawn() {}

    /// In milliseconds, in no order. By nearest rank they have exactly these quantiles.
    public static long[] millis(
            int n,
            double p50Seconds,
            double p90Seconds,
            double maxSeconds,
            SplittableRandom random) {
        int middle = (n + 1) / 2;
        int ninth = (9 * n + 9) / 10;
        long[] drawn = new long[n];
        for (int i = 0; i < n; i++) {
            int rank = i + 1;
            double seconds =
                    rank <= middle
                            ? between(p50Seconds / 20, p50Seconds, rank / (double) middle)
                            : rank <= ninth
                                    ? between(p50Seconds, p90Seconds, share(rank, middle, ninth))
                                    : between(p90Seconds, maxSeconds, share(rank, ninth, n));
            drawn[i] = Math.max(1, Math.round(seconds * 1_000));
        }
        shuffle(drawn, random);
        return drawn;
    }

    private static void shuffle(long[] drawn, SplittableRandom random) {
        for (int i = drawn.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long kept = drawn[i];
            drawn[i] = drawn[other];
            drawn[other] = kept;
        }
    }

    private static double share(int rank, int from, int to) {
        return (rank - from) / (double) (to - from);
    }

    /// Between the quantiles that are given it rises evenly in its logarithm, as such times do.
    private static double between(double low, double high, double share) {
        return low * Math.pow(high / low, share);
    }
}
