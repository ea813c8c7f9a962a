package dev.ebbgate.ledger.audit;

import org.jspecify.annotations.Nullable;

/// What is asked of a ledger.
///
/// @param route only exchanges on this route; null for all
/// @param cliffMillis when consumers give up
/// @param hangMillis from here on a call counts as hanging
public record Question(
        Window window, By by, @Nullable String route, long cliffMillis, long hangMillis) {

    /// The consumer of the report that asked for this.
    public static final long CLIFF_MILLIS = 660_000;

    Question before() {
        return new Question(window.before(), by, route, cliffMillis, hangMillis);
    }
}
