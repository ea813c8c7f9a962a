package dev.ebbgate.core.watch;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Sign;
import dev.ebbgate.core.event.Event.Tail;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Watches how near the slowest calls of one route come to the moment at which their consumer
/// leaves. Every slow call answers 200 until it crosses that line, so that errors tell it too late.
///
/// ```
/// away ── p99 or max at 70 %, or a trend that is there within the hour ──▶ near
///   ▲                                                                       │ a graver sign: told
///   └────────────── all below 60 %, no trend, 15 minutes long ──────────────┘
/// ```
///
/// Asked once per minute; told once on the way there, once more for each graver sign, and once on
/// the way back. Between 60 and 70 % nothing changes, and a quarter of an hour has to be calm, so
/// that figures which swing about the line are told once. A trend is believed if the last half hour
/// rises by more than chance ([Trend]), is measured in at least ten of its minutes, has reached a
/// third of the way, and would be there within the hour.
///
/// Of fewer than a hundred calls the p99 is the slowest: for the gravest sign it takes two.
///
/// Confined to one thread; minutes are counted from any origin and only grow.
public final class CliffWatch {

    /// At so many percent of the time to the cliff it is near.
    static final int NEAR = 70;

    static final int CALM = 60;
    static final int CALM_MINUTES = 15;
    private static final int TREND_MINUTES = 30;
    private static final int TREND_POINTS = 10;
    private static final int TREND_LEVEL = 33;
    private static final int THERE = 100;

    private final String route;
    private final TailWindow window = new TailWindow();
    private @Nullable Span cliff;
    private @Nullable Sign told;
    private int calm;

    /// @param cliff `consumer-cancels-after`, or null where only clients' deadlines are known
    public CliffWatch(String route, @Nullable Span cliff) {
        this.route = route;
        this.cliff = cliff;
    }

    /// Another configuration may have another cliff; what was seen keeps its measure.
    void move(@Nullable Span newCliff) {
        cliff = newCliff;
    }

    /// Adds a call.
    ///
    /// @param minute in which it ended
    /// @param percent how much of the time to its cliff it took
    public void add(long minute, int percent) {
        window.add(minute, percent);
    }

    /// Looks at the hour that ends with this minute.
    ///
    /// @return what is to be told, or null
    public @Nullable Event minute(long minute) {
        TailWindow.Figures hour = window.hour(minute);
        Trend trend = trend(minute);
        Sign sign = sign(hour, trend);
        Tail tail = tail(hour, trend);
        if (sign != null) {
            calm = 0;
            if (told != null && sign.compareTo(told) <= 0) {
                return null;
            }
            told = sign;
            return new Event.CliffNear(tail, sign);
        }
        calm = hour.p99() < CALM && hour.max() < CALM ? calm + 1 : 0;
        if (told == null || calm < CALM_MINUTES) {
            return null;
        }
        told = null;
        return new Event.CliffQuiet(tail);
    }

    private static @Nullable Sign sign(TailWindow.Figures hour, @Nullable Trend trend) {
        if (hour.p99() >= NEAR && hour.near() > 1) {
            return Sign.P99;
        }
        if (trend != null) {
            return Sign.TREND;
        }
        return hour.max() >= NEAR ? Sign.MAX : null;
    }

    private Tail tail(TailWindow.Figures hour, @Nullable Trend trend) {
        long minutes = trend == null ? 0 : (long) Math.ceil(trend.until(THERE));
        Span crossesIn = minutes <= 0 ? null : Span.ofSeconds(60 * minutes);
        return new Tail(route, cliff, hour.calls(), hour.p99(), hour.max(), crossesIn);
    }

    /// How the tail grows, if it is there within the hour.
    private @Nullable Trend trend(long minute) {
        double[] xs = new double[TREND_MINUTES];
        double[] ys = new double[TREND_MINUTES];
        int n = 0;
        for (long at = minute - TREND_MINUTES + 1; at <= minute; at++) {
            TailWindow.Figures one = window.one(at);
            if (one != null) {
                xs[n] = at - minute;
                ys[n++] = one.p99();
            }
        }
        if (n < TREND_POINTS) {
            return null;
        }
        Trend trend = Trend.rising(Arrays.copyOf(xs, n), Arrays.copyOf(ys, n), 0);
        boolean soon =
                trend != null
                        && trend.level() >= TREND_LEVEL
                        && trend.until(THERE) <= TailWindow.MINUTES;
        return soon ? trend : null;
    }
}
