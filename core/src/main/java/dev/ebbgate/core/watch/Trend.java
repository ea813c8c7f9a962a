package dev.ebbgate.core.watch;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// A straight line through points of which up to 29 % may be anything, and whether they rise at
/// all.
///
/// The slope is the median of the slopes of all pairs (Theil 1950, Sen 1968); whether it is more
/// than chance is asked of Kendall's S, which counts the pairs that rise less those that fall, and
/// is compared with its spread where nothing rises (Mann 1945).
///
/// @param slope by how much y grows while x grows by one
/// @param at the x for which the level holds
/// @param level the line's y there
record Trend(double slope, double at, double level) {

    /// How many standard deviations of chance S has to exceed. The points come from one minute
    /// after the other and are asked about anew each minute, so that one in a thousand is not rare
    /// enough on its own; see [CliffWatch] for what else is asked.
    private static final double SURE = 3;

    /// The line through these points, of which it is sure that it rises; else null.
    ///
    /// @param xs ascending, no two the same
    /// @param at where the level is wanted
    static @Nullable Trend rising(double[] xs, double[] ys, double at) {
        int n = xs.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int pairs = 0;
        int s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                slopes[pairs++] = (ys[j] - ys[i]) / (xs[j] - xs[i]);
                s += (int) Math.signum(ys[j] - ys[i]);
            }
        }
        double deviation = Math.sqrt(n * (n - 1.0) * (2 * n + 5) / 18);
        if (pairs == 0 || s < SURE * deviation) {
            return null;
        }
        double slope = median(slopes);
        double[] levels = new double[n];
        for (int i = 0; i < n; i++) {
            levels[i] = ys[i] + slope * (at - xs[i]);
        }
        return slope > 0 ? new Trend(slope, at, median(levels)) : null;
    }

    /// By how much x is to grow until y is there; 0 if it is already.
    double until(double y) {
        return Math.max(0, (y - level) / slope);
    }

    /// The middle of the values, which are sorted.
    static double median(double[] values) {
        Arrays.sort(values);
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
