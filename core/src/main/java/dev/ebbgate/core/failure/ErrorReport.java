package dev.ebbgate.core.failure;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// All that a client is told of a failure, in whatever dialect it is then written.
///
/// @param status the HTTP status where the head has not been sent
/// @param message one line, free of content and secrets
/// @param cut the bound that ended it, if one did
/// @param elapsedNanos how long the wait that failed had lasted
/// @param attempts all that were made, where there was more than one; else empty
public record ErrorReport(
        ErrorKind kind,
        int status,
        String message,
        @Nullable Cut cut,
        Place place,
        long elapsedNanos,
        List<Tried> attempts) {

    public ErrorReport {
        attempts = List.copyOf(attempts);
    }

    /// A report on what was tried once, or not at all.
    public ErrorReport(
            ErrorKind kind,
            int status,
            String message,
            @Nullable Cut cut,
            Place place,
            long elapsedNanos) {
        this(kind, status, message, cut, place, elapsedNanos, List.of());
    }

    /// The same as the end of several attempts.
    ///
    /// @param newStatus the HTTP status that says what they have in common
    public ErrorReport after(List<Tried> newAttempts, int newStatus) {
        return new ErrorReport(kind, newStatus, message, cut, place, elapsedNanos, newAttempts);
    }

    /// The limit's key where a limit ended it, else the cause.
    public String code() {
        return kind == ErrorKind.LIMIT && cut != null ? cut.limit() : kind.code();
    }

    /// Whether asking again at once would only repeat what has been tried: a limit decided it (a
    /// queue's or a bound of the gateway's included), an operator ended it, or the gateway has
    /// asked again itself. What a shutdown ended may well be asked of another gateway.
    public boolean isFinal() {
        return (cut != null && kind != ErrorKind.DRAINING)
                || kind == ErrorKind.CANCELLED
                || !attempts.isEmpty();
    }
}
