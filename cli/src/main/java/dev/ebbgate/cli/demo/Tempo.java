package dev.ebbgate.cli.demo;

import dev.ebbgate.core.limit.Span;

/// How long things take on the tour, and the limits that are put on them.
///
/// @param prefill how long the slow provider thinks
/// @param streamIdle the limit on silence in mid-stream; shorter than the prefill, or the tour
///   would show nothing
/// @param firstToken the limit on the provider that never speaks
/// @param noProgress the limit on the provider that only pings; longer than `streamIdle`
/// @param keepAlive how often a waiting client hears from the gateway
/// @param breath the pause in which a title can be read
public record Tempo(
        Span prefill,
        Span streamIdle,
        Span firstToken,
        Span noProgress,
        Span keepAlive,
        Span breath) {

    /// Slow enough to watch, about 40 seconds in all.
    public static final Tempo TOUR = of("7s", "3s", "3s", "4s", "1s", "1s");

    /// For tests: about a quarter of that.
    static final Tempo QUICK = of("2s", "1s", "1s", "2s", "400ms", "1ms");

    private static Tempo of(String... spans) {
        return new Tempo(
                Span.parse(spans[0]),
                Span.parse(spans[1]),
                Span.parse(spans[2]),
                Span.parse(spans[3]),
                Span.parse(spans[4]),
                Span.parse(spans[5]));
    }

    /// The first-token limit of the route that is patient: twice what it takes.
    Span patience() {
        return new Span(prefill.nanos() * 2);
    }

    /// How often the provider that only pings does so: always within `streamIdle`.
    Span ping() {
        return new Span(streamIdle.nanos() / 4);
    }

    /// How long the provider in trouble is left alone: longer than the storm lasts.
    Span cooldown() {
        return new Span(firstToken.nanos() * 3 / 2);
    }
}
