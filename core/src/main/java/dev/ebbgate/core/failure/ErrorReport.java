package dev.ebbgate.core.failure;

import org.jspecify.annotations.Nullable;

/// All that a client is told of a failure, in whatever dialect it is then written.
///
/// @param status the HTTP status where the head has not been sent
/// @param message one line, free of content and secrets
/// @param cut the bound that ended it, if one did
/// @param elapsedNanos how long the wait that failed had lasted
public record ErrorReport(
        ErrorKind kind,
        int status,
        String message,
        @Nullable Cut cut,
        Place place,
        long elapsedNanos) {

    /// The limit's key where a limit ended it, else the cause.
    public String code() {
        return kind == ErrorKind.LIMIT && cut != null ? cut.limit() : kind.code();
    }

    /// Whether a limit of the exchange decided it: asking again at once would only repeat the wait.
    public boolean decidedByLimit() {
        return kind == ErrorKind.LIMIT || kind == ErrorKind.DEADLINE;
    }
}
