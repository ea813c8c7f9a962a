package dev.ebbgate.core.event;

import dev.ebbgate.core.event.Event.Administered;
import dev.ebbgate.core.event.Event.BreakerMoved;
import dev.ebbgate.core.event.Event.CliffNear;
import dev.ebbgate.core.event.Event.CliffQuiet;
import dev.ebbgate.core.event.Event.Configured;
import dev.ebbgate.core.event.Event.FailedOver;
import dev.ebbgate.core.event.Event.KeyRests;
import dev.ebbgate.core.event.Event.LimitFired;
import dev.ebbgate.core.event.Event.Lost;
import dev.ebbgate.core.event.Event.Origin;
import dev.ebbgate.core.event.Event.Slower;
import dev.ebbgate.core.event.Event.Tail;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Span;

import java.util.Locale;

/// Words for events: what, limit and its source, place.
final class EventWords {

    private EventWords() {}

    static String of(Event event) {
        return switch (event) {
            case LimitFired fired -> limit(fired);
            case FailedOver(Origin origin, String from, String cause, String to) ->
                    from + " failed (" + cause + "), tried " + to + place(origin);
            case Slower slower -> slower(slower);
            case BreakerMoved moved -> breaker(moved);
            case KeyRests(String provider, int key, boolean refused, Span rest) ->
                    "key "
                            + key
                            + " of "
                            + provider
                            + (refused ? " was refused" : " is limited in rate")
                            + " and rests for "
                            + rest;
            case CliffNear near -> near(near);
            case CliffQuiet(Tail tail) ->
                    "route " + tail.route() + " is away from its cliff again; " + figures(tail);
            case Configured configured -> configured(configured);
            case Administered act -> administered(act);
            case Lost(String what, long count, String why) ->
                    count + " " + what + " were dropped: " + why;
        };
    }

    private static String limit(LimitFired event) {
        Expiry expiry = event.expiry();
        return (event.truncated() ? "stream truncated: " : "gave up: ")
                + expiry.limit()
                + " ran out after "
                + new Span(Math.max(1, expiry.elapsedNanos()))
                + " in phase "
                + expiry.phase().key()
                + " (limit "
                + expiry.value()
                + " from "
                + expiry.source()
                + ")"
                + (event.target() == null ? "" : "; target=" + event.target())
                + place(event.origin());
    }

    private static String slower(Slower event) {
        return event.target()
                + " took "
                + event.firstToken()
                + " until the first token, where "
                + event.promptTokens()
                + " prompt tokens usually take "
                + event.expected()
                + (event.slowBefore() == 0
                        ? ""
                        : "; " + event.slowBefore() + " more were as slow before it")
                + place(event.origin());
    }

    private static String breaker(BreakerMoved event) {
        return event.target()
                + switch (event.to()) {
                    case OPEN ->
                            " keeps failing and is left alone"
                                    + (event.cooldown() == null ? "" : " for " + event.cooldown());
                    case HALF_OPEN -> " is tried again with one probe";
                    case CLOSED -> " is well again";
                };
    }

    private static String near(CliffNear event) {
        Tail tail = event.tail();
        String route = "route " + tail.route();
        return switch (event.why()) {
                    case MAX -> route + " had a call near its cliff; ";
                    case P99 -> "the slowest calls of " + route + " are near its cliff; ";
                    case TREND -> "the slowest calls of " + route + " grow towards its cliff; ";
                }
                + figures(tail);
    }

    private static String figures(Tail tail) {
        return "of "
                + tail.calls()
                + " calls p99 "
                + tail.p99Percent()
                + " %, max "
                + tail.maxPercent()
                + " % of "
                + (tail.cliff() == null
                        ? "the clients' own deadlines"
                        : "consumer-cancels-after "
                                + tail.cliff()
                                + " or the client's own deadline")
                + (tail.crossesIn() == null ? "" : ", reached in " + tail.crossesIn());
    }

    private static String configured(Configured event) {
        String details = event.details().isEmpty() ? "" : ": " + String.join(", ", event.details());
        return switch (event.how()) {
                    case CHANGED -> "configuration changed by ";
                    case RELOADED -> "configuration reloaded by ";
                    case REFUSED -> "configuration refused, the one before stays in force; from ";
                }
                + event.by()
                + details;
    }

    private static String administered(Administered event) {
        String done = event.act().name().toLowerCase(Locale.ROOT) + " " + event.what();
        return event.refusal() == null
                ? done + " from " + event.from()
                : done + " from " + event.from() + " was refused: " + event.refusal();
    }

    private static String place(Origin origin) {
        return (origin.route() == null ? "" : " route=" + origin.route())
                + " exchange="
                + origin.exchange();
    }
}
