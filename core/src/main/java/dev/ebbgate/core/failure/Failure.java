package dev.ebbgate.core.failure;

import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// Why an attempt failed, other than by a limit. Texts are free of content and secrets.
public sealed interface Failure {

    /// No usable connection.
    ///
    /// @param why `connection refused`, `unknown host`, `TLS handshake failed`, …
    record ConnectFailed(String why) implements Failure {}

    /// The provider broke the connection.
    record Reset() implements Failure {}

    /// A connection that was kept from an earlier call turned out to be dead before any byte of the
    /// answer: the provider had closed it, and may never have seen the request.
    record Stale() implements Failure {}

    /// The provider ended cleanly before the answer was complete.
    record Truncated() implements Failure {}

    /// The provider sent what its dialect does not allow.
    ///
    /// @param what where it went wrong, without quoting it
    record Malformed(String what) implements Failure {}

    /// The provider sent an error inside a 200.
    ///
    /// @param status the status such an error would have had
    /// @param meaning what else it says
    record StreamError(int status, Meaning meaning) implements Failure {}

    /// The provider answered with an error status.
    ///
    /// @param wellFormed whether the body is an error in the provider's dialect, to be passed
    ///   through
    /// @param meaning what the body says beyond the status
    /// @param retryAfter how long the provider asks to be left alone, if it does
    record BadStatus(int status, boolean wellFormed, Meaning meaning, @Nullable Span retryAfter)
            implements Failure {}

    /// The gateway itself failed.
    record Defect() implements Failure {}

    /// The gateway ran out of room while it collected the answer.
    ///
    /// @param bound the key path of the bound that was reached
    record NoRoom(String bound) implements Failure {}

    /// All targets cool down after their failures; none was asked.
    ///
    /// @param cooldown until the first of them may be asked again
    record Resting(Span cooldown) implements Failure {}

    /// Every place at the provider stayed taken; nothing was asked.
    ///
    /// @param queue the bound on the wait for a place
    record Crowded(Expiry queue) implements Failure {}

    /// The cause in a few words: `reset`, `status 503`, `connect: connection refused`.
    default String cause() {
        return switch (this) {
            case ConnectFailed(String why) -> "connect: " + why;
            case Reset _ -> "reset";
            case Stale _ -> "stale connection";
            case Truncated _ -> "truncated";
            case Malformed(String what) -> "malformed: " + what;
            case StreamError(int status, Meaning _) -> "stream-error " + status;
            case BadStatus(int status, boolean _, Meaning _, Span _) -> "status " + status;
            case Defect _ -> "defect";
            case NoRoom(String bound) -> "no room: " + bound;
            case Resting _ -> "all targets cool down";
            case Crowded _ -> "queue";
        };
    }
}
