package dev.ebbgate.core.watch;

import org.jspecify.annotations.Nullable;

/// How long the first token of a target usually takes, by the length of the prompt: a·k + b·k²
/// seconds for k thousand tokens. The linear part is the work on each token, the square one its
/// attention to all before it.
///
/// It marks calls and warns; no limit is ever derived from it, for a budget that is guessed becomes
/// a cliff of its own.
///
/// @param linear a, seconds per thousand tokens; not negative
/// @param square b; not negative
/// @param scatter how far calls lie from it, as a standard deviation of the logarithm
/// @param longest the longest prompt it has seen, in thousand tokens
public record Expectation(double linear, double square, double scatter, double longest) {

    /// Calls are slow from this multiple on, and by no less than a moment.
    private static final double SLOWER = 1.5;

    private static final double DEVIATIONS = 3;
    private static final double LEAST_SECONDS = 2;

    /// How far beyond the longest prompt it still says something.
    private static final double BEYOND = 1.5;

    /// What calls show, or null where they are too few, too much alike or too scattered to show
    /// anything.
    ///
    /// @param tokens of each prompt
    /// @param seconds until each first token
    public static @Nullable Expectation of(double[] tokens, double[] seconds) {
        return new PrefillFit(tokens, seconds).fit();
    }

    /// The usual time, in seconds.
    public double seconds(double tokens) {
        double k = tokens / 1_000;
        return linear * k + square * k * k;
    }

    /// Whether a call took longer than calls of that length usually do, by more than chance.
    public boolean isSlow(double tokens, double seconds) {
        double usual = seconds(tokens);
        double most = usual * Math.max(SLOWER, Math.exp(DEVIATIONS * scatter));
        return tokens / 1_000 <= longest * BEYOND
                && seconds > most
                && seconds - usual > LEAST_SECONDS;
    }
}
