package dev.ebbgate.ledger.pace;

import org.jspecify.annotations.Nullable;

/// Which exchanges, or attempts, a cell counts.
///
/// @param atMillis when its minute or hour begins, in milliseconds since 1970 UTC
/// @param route null where a provider was named
/// @param target null where exchanges are counted, not attempts
/// @param key the name of the gateway key, or null where none is asked
public record Place(
        Grain grain,
        long atMillis,
        @Nullable String route,
        @Nullable String target,
        @Nullable String key) {

    /// Stands for all names above the bound.
    public static final String OTHERS = "(others)";

    /// The same among all names that are too many to be told apart.
    Place others() {
        return new Place(grain, atMillis, OTHERS, target == null ? null : OTHERS, OTHERS);
    }
}
