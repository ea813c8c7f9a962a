package dev.ebbgate.sim.script;

/// When things leave: everything here is in script time, which runs `speed` times faster than the
/// clock. A `tokensPerSecond` of infinity is a burst: all tokens in one write.
public record Pace(
        Prefill prefill,
        double tokensPerSecond,
        double jitter,
        long pauseNanos,
        int pauseAt,
        long keepAliveNanos,
        double speed) {

    public boolean burst() {
        return Double.isInfinite(tokensPerSecond);
    }

    /// Real nanoseconds that a span of script time takes.
    public long real(long scriptNanos) {
        return (long) (scriptNanos / speed);
    }

    static Pace of(Terms terms, double speed) {
        Prefill prefill =
                terms.is("prefill", "curve")
                        ? new Prefill.Curve()
                        : new Prefill.Fixed(terms.nanos("prefill"));
        double rate =
                terms.is("rate", "burst")
                        ? Double.POSITIVE_INFINITY
                        : terms.number("rate", 0.001, 1_000_000);
        return new Pace(
                prefill,
                rate,
                terms.number("jitter", 0, 1),
                terms.nanos("pause"),
                terms.count("pause-at", 0),
                terms.nanos("keep-alive"),
                terms.is("speed", "auto") ? speed : terms.number("speed", 0.001, 1_000_000));
    }
}
