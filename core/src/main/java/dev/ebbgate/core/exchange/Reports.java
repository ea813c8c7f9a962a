package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// Turns outcomes into what clients are told; the only place that words failures.
///
/// A message is one line, always in this order: what, elapsed, phase, limit and its source, place,
/// state.
public final class Reports {

    private final Place place;
    private final boolean streamed;

    /// Reports on an exchange.
    ///
    /// @param streamed whether the client waits for tokens, or for one answer
    public Reports(Place place, boolean streamed) {
        this.place = place;
        this.streamed = streamed;
    }

    /// What to tell of an outcome that is not an answer.
    ///
    /// @param elapsedNanos since the request arrived
    public ErrorReport of(Outcome outcome, long elapsedNanos) {
        return switch (outcome) {
            case Outcome.TimedOut(Fired fired) -> limit(fired);
            case Outcome.Failed(Failure failure) -> failure(failure, elapsedNanos);
            case Outcome.Cancelled cancelled -> cancelled(cancelled, elapsedNanos);
            case Outcome.Completed _ ->
                    report(ErrorKind.INTERNAL, "a complete answer was reported", elapsedNanos);
        };
    }

    /// What to tell of an answer that broke off in the client's hands.
    ///
    /// @param obstacle why nobody goes on with it, although that is configured; or null
    public ErrorReport of(Outcome outcome, long elapsedNanos, @Nullable String obstacle) {
        ErrorReport report = of(outcome, elapsedNanos);
        return obstacle == null
                ? report
                : new ErrorReport(
                        report.kind(),
                        report.status(),
                        report.message() + "; not continued: " + obstacle,
                        report.cut(),
                        report.place(),
                        report.elapsedNanos());
    }

    /// What to tell of a request that is refused before anything was asked of a provider.
    public static ErrorReport refusal(
            ErrorKind kind, String exchange, String message, long elapsedNanos) {
        return refusal(kind, exchange, message, null, elapsedNanos);
    }

    /// The same where a bound of the gateway was the reason; the message then tells it, as that of
    /// any limit does.
    public static ErrorReport refusal(
            ErrorKind kind, String exchange, String message, @Nullable Cut cut, long elapsedNanos) {
        Place door = Place.atTheDoor(exchange);
        String told =
                cut == null ? message : after(message, elapsedNanos, door.phase()) + limit(cut);
        return new ErrorReport(kind, kind.status(), told, cut, door, elapsedNanos);
    }

    private ErrorReport limit(Fired fired) {
        Cut cut = Cut.by(fired.expiry());
        String message =
                who(fired)
                        + ": "
                        + what(fired)
                        + " "
                        + Elapsed.text(fired.elapsedNanos())
                        + " in phase "
                        + fired.phase().key()
                        + limit(cut);
        ErrorKind kind = isClientsDeadline(fired) ? ErrorKind.DEADLINE : ErrorKind.LIMIT;
        return new ErrorReport(
                kind, kind.status(), message + where(), cut, place, fired.elapsedNanos());
    }

    /// Whether the client had no more time: the provider may have been as quick as ever.
    private static boolean isClientsDeadline(Fired fired) {
        return fired.limit().limit() == Limit.REQUEST && fired.limit().isClients();
    }

    /// The two ways to die that callers tell apart: never spoke, or fell silent.
    private static String who(Fired fired) {
        boolean spoke = fired.phase() == Phase.STREAM || fired.phase() == Phase.FINISH;
        if (isClientsDeadline(fired)) {
            return "deadline of the client came before "
                    + (spoke ? "provider finished" : "provider responded");
        }
        return switch (fired.limit().limit()) {
            case CONNECT, FIRST_TOKEN -> "provider did not respond";
            case STREAM_IDLE, NO_PROGRESS -> "provider stopped unexpectedly";
            case ATTEMPT, REQUEST -> spoke ? "provider did not finish" : "provider did not respond";
        };
    }

    private String what(Fired fired) {
        return switch (fired.limit().limit()) {
            case CONNECT -> "no connection for";
            case FIRST_TOKEN -> streamed ? "no token for" : "no answer for";
            case STREAM_IDLE -> "no byte for";
            case NO_PROGRESS -> "no token for";
            case ATTEMPT, REQUEST -> "no complete answer after";
        };
    }

    private ErrorReport failure(Failure failure, long elapsedNanos) {
        return switch (failure) {
            case Failure.ConnectFailed(String why) ->
                    report(ErrorKind.CONNECT, "cannot connect to provider: " + why, elapsedNanos);
            case Failure.Reset(), Failure.Stale() ->
                    report(ErrorKind.RESET, "provider broke the connection", elapsedNanos);
            case Failure.Truncated() ->
                    report(
                            ErrorKind.TRUNCATED,
                            "provider ended before the answer was complete",
                            elapsedNanos);
            case Failure.Malformed(String what) ->
                    report(
                            ErrorKind.MALFORMED,
                            "provider sent a malformed answer: " + what,
                            elapsedNanos);
            case Failure.StreamError(int status, Meaning _) ->
                    report(
                            ErrorKind.STREAM_ERROR,
                            status,
                            "provider sent an error inside a 200",
                            elapsedNanos);
            case Failure.BadStatus(int status, boolean _, Meaning _, Span _) ->
                    report(
                            ErrorKind.STATUS,
                            status >= 400 && status <= 599 ? status : ErrorKind.STATUS.status(),
                            "provider answered " + status + advice(status),
                            elapsedNanos);
            case Failure.Defect() -> report(ErrorKind.INTERNAL, "the gateway failed", elapsedNanos);
            case Failure.Resting(Span cooldown) ->
                    report(
                            ErrorKind.OVERLOADED,
                            "every target failed lately and is left alone for another "
                                    + Elapsed.text(cooldown.nanos()),
                            elapsedNanos);
            case Failure.Crowded(Expiry queue) ->
                    new ErrorReport(
                            ErrorKind.OVERLOADED,
                            ErrorKind.OVERLOADED.status(),
                            after("no place at the provider", queue.elapsedNanos(), queue.phase())
                                    + limit(Cut.by(queue))
                                    + where(),
                            Cut.by(queue),
                            place,
                            queue.elapsedNanos());
            case Failure.NoRoom(String bound) ->
                    report(
                            ErrorKind.OVERLOADED,
                            "the gateway has no room for the answer: " + bound + " is reached",
                            elapsedNanos);
        };
    }

    private ErrorReport cancelled(Outcome.Cancelled outcome, long elapsedNanos) {
        boolean drains = outcome.reason() == CancelReason.SHUTDOWN;
        ErrorKind kind = drains ? ErrorKind.DRAINING : ErrorKind.CANCELLED;
        Expiry expiry = outcome.expiry();
        Cut cut = expiry == null ? null : Cut.by(expiry);
        long nanos = expiry == null ? elapsedNanos : expiry.elapsedNanos();
        String what = after("cancelled (" + outcome.reason().key() + ")", nanos);
        return new ErrorReport(
                kind,
                kind.status(),
                what + (cut == null ? "" : limit(cut)) + where(),
                cut,
                place,
                nanos);
    }

    private ErrorReport report(ErrorKind kind, String what, long elapsedNanos) {
        return report(kind, kind.status(), what, elapsedNanos);
    }

    private ErrorReport report(ErrorKind kind, int status, String what, long elapsedNanos) {
        String message = after(what, elapsedNanos);
        return new ErrorReport(kind, status, message + where(), null, place, elapsedNanos);
    }

    private String after(String what, long elapsedNanos) {
        return after(what, elapsedNanos, place.phase());
    }

    private static String after(String what, long elapsedNanos, Phase phase) {
        return what + " after " + Elapsed.text(elapsedNanos) + " in phase " + phase.key();
    }

    private static String limit(Cut cut) {
        return " (limit " + cut.value() + " from " + cut.source() + ")";
    }

    private String where() {
        return "; target="
                + place.target()
                + " attempt="
                + place.attempt()
                + "/"
                + place.attempts()
                + " chunks="
                + place.chunks()
                + " committed="
                + place.committed();
    }

    private static String advice(int status) {
        return status >= 300 && status < 400
                ? ", which sends elsewhere; write the address it names as base-url"
                : "";
    }
}
