package dev.ebbgate.core.watch;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/// Finds the curve a·k + b·k² (a, b ≥ 0) that most points lie near, whatever the others do.
///
/// First the least median of squares (Rousseeuw 1984): of all curves through two of the points the
/// one with the smallest median distance, which holds while less than half of the points are wild.
/// Then least squares over the points near that one (Rousseeuw and Leroy 1987, reweighted least
/// squares), which is as exact as the good points allow. Distances are relative, as is the scatter
/// of such times: 1 s counts for more at 5 s than at 500 s.
final class PrefillFit {

    private static final int FEWEST = 12;

    /// The longest prompt is to be so many times as long as the shortest.
    private static final double SPREAD = 4;

    /// Below, the time is that of the way there and back rather than of the prompt.
    private static final double SHORTEST = 0.5;

    /// With more scatter than this a curve explains nothing.
    private static final double MOST_SCATTER = 0.35;

    /// Half of few points may happen to lie on one curve: the rest is not wild for that.
    private static final double LEAST_SCATTER = 0.02;

    /// Each round may take in points that the rougher curve before it had left out.
    private static final int ROUNDS = 4;

    /// How many pairs are tried at most: with 20 % wild points, one of 20 pairs is good but for one
    /// time in 10^9.
    private static final int MOST_PAIRS = 400;

    /// The usual factors of Rousseeuw and Leroy: the median of a normal distribution's distances,
    /// the correction for few points, and the distance from which a point is wild.
    private static final double MEDIAN_OF_NORMAL = 1.4826;

    private static final double FEW = 5;
    private static final double WILD = 2.5;

    private final double[] k;
    private final double[] seconds;

    private record Curve(double a, double b) {
        double at(double k) {
            return a * k + b * k * k;
        }
    }

    PrefillFit(double[] tokens, double[] seconds) {
        int[] usable =
                IntStream.range(0, tokens.length)
                        .filter(i -> tokens[i] / 1_000 >= SHORTEST && seconds[i] > 0)
                        .toArray();
        this.k = IntStream.of(usable).mapToDouble(i -> tokens[i] / 1_000).toArray();
        this.seconds = IntStream.of(usable).mapToDouble(i -> seconds[i]).toArray();
    }

    @Nullable Expectation fit() {
        double longest = extreme(Math::max);
        if (k.length < FEWEST || longest < SPREAD * extreme(Math::min)) {
            return null;
        }
        Curve best = leastMedian();
        if (best == null) {
            return null;
        }
        double few = 1 + FEW / (k.length - 2);
        double scatter = Math.max(LEAST_SCATTER, MEDIAN_OF_NORMAL * few * medianDistance(best));
        if (scatter > MOST_SCATTER) {
            return null;
        }
        Curve fine = best;
        for (int round = 0; round < ROUNDS; round++) {
            fine = leastSquares(fine, WILD * scatter);
        }
        return new Expectation(fine.a, fine.b, scatter, longest);
    }

    private double extreme(DoubleBinaryOperator which) {
        return Arrays.stream(k).reduce(which).orElse(0);
    }

    private @Nullable Curve leastMedian() {
        Curve best = null;
        double least = Double.POSITIVE_INFINITY;
        int n = k.length;
        int all = n * (n - 1) / 2;
        int step = Math.max(1, all / MOST_PAIRS);
        int pair = 0;
        for (int apart = 1; apart < n; apart++) {
            for (int i = 0; i + apart < n; i++) {
                Curve curve = pair++ % step == 0 ? through(i, i + apart) : null;
                double distance = curve == null ? least : medianDistance(curve);
                if (curve != null && distance < least) {
                    best = curve;
                    least = distance;
                }
            }
        }
        return best;
    }

    /// The curve through two points, bent to the nearest that may be; null if they are one.
    private @Nullable Curve through(int i, int j) {
        double span = k[j] - k[i];
        if (Math.abs(span) < 1e-9) {
            return null;
        }
        double b = (seconds[j] / k[j] - seconds[i] / k[i]) / span;
        double a = seconds[i] / k[i] - b * k[i];
        if (b < 0) {
            return new Curve((seconds[i] / k[i] + seconds[j] / k[j]) / 2, 0);
        }
        return a < 0
                ? new Curve(0, (seconds[i] / sq(k[i]) + seconds[j] / sq(k[j])) / 2)
                : new Curve(a, b);
    }

    private static double sq(double x) {
        return x * x;
    }

    private double medianDistance(Curve curve) {
        double[] distances = new double[k.length];
        for (int i = 0; i < k.length; i++) {
            distances[i] = distance(curve, i);
        }
        return Trend.median(distances);
    }

    private double distance(Curve curve, int i) {
        return Math.abs(Math.log(seconds[i] / curve.at(k[i])));
    }

    /// Least squares of the relative errors, over the points no further from `near` than `most`.
    private Curve leastSquares(Curve near, double most) {
        double xx = 0;
        double xy = 0;
        double yy = 0;
        double x1 = 0;
        double y1 = 0;
        for (int i = 0; i < k.length; i++) {
            if (distance(near, i) <= most) {
                double x = k[i] / seconds[i];
                double y = x * k[i];
                xx += x * x;
                xy += x * y;
                yy += y * y;
                x1 += x;
                y1 += y;
            }
        }
        double det = xx * yy - xy * xy;
        double a = (x1 * yy - y1 * xy) / det;
        double b = (y1 * xx - x1 * xy) / det;
        if (!(det > 0) || !Double.isFinite(a + b)) {
            return near;
        }
        if (a < 0) {
            return new Curve(0, y1 / yy);
        }
        return b < 0 ? new Curve(x1 / xx, 0) : new Curve(a, b);
    }
}
