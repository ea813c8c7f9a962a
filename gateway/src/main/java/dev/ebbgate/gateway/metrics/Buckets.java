package dev.ebbgate.gateway.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/// The boundaries of histograms. The GenAI conventions recommend buckets that end at 81.92 s (10 s
/// for the first token); everything in which consumers give up would fall behind the last one. So
/// these go on to an hour.
final class Buckets {

    private static final double[] BEYOND = {
        120, 180, 240, 300, 420, 600, 660, 900, 1200, 1800, 3600
    };

    private Buckets() {}

    /// For whole operations, as recommended and beyond.
    static Duration[] whole() {
        return seconds(
                0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96,
                81.92);
    }

    /// For the first token, as recommended and beyond.
    static Duration[] firstToken() {
        return seconds(
                0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5,
                10, 20, 40, 80);
    }

    /// For one token, as recommended.
    static Duration[] perToken() {
        return durations(0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5);
    }

    /// For how late a limit was.
    static Duration[] lateness() {
        return durations(0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5);
    }

    /// For tokens of a call, as recommended: powers of four.
    static double[] tokens() {
        double[] boundaries = new double[14];
        Arrays.setAll(boundaries, i -> Math.pow(4, i));
        return boundaries;
    }

    private static Duration[] seconds(double... upToMinutes) {
        return Stream.concat(
                        Arrays.stream(durations(upToMinutes)), Arrays.stream(durations(BEYOND)))
                .toArray(Duration[]::new);
    }

    private static Duration[] durations(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(second -> Duration.ofNanos(Math.round(second * 1e9)))
                .toArray(Duration[]::new);
    }
}
