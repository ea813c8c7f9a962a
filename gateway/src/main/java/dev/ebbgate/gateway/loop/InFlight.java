package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.exchange.Position;
import dev.ebbgate.core.ledger.Entry;

import org.jspecify.annotations.Nullable;

/// An exchange under way, as it stood when somebody looked.
///
/// @param at where it stands
/// @param next the limit that runs out next unless something comes before; null if none does
/// @param leftNanos until then; negative where it is late
public record InFlight(
        String exchange,
        Entry.Asked asked,
        Entry.Client client,
        At at,
        long ageNanos,
        @Nullable NextLimit next,
        long leftNanos) {

    /// Where an exchange stands.
    ///
    /// @param target `provider/model`
    /// @param targets how many the route has
    /// @param state `open`, or `delivering` once its outcome is decided
    /// @param chunks events handed to the client
    public record At(
            String target,
            Position position,
            int targets,
            String state,
            boolean committed,
            long chunks,
            long bytes) {}
}
