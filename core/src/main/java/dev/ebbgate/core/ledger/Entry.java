package dev.ebbgate.core.ledger;

import dev.ebbgate.core.exchange.Attempt;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.limit.Phase;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One line of the ledger: an exchange with its attempts. No content, no keys.
///
/// @param exchange its id
/// @param arrivedMillis when the request arrived, in milliseconds since 1970 UTC
/// @param totalNanos from the request's arrival to the exchange's end
public record Entry(
        String exchange,
        long arrivedMillis,
        Asked asked,
        List<Tried> attempts,
        Outcome outcome,
        Told told,
        Client client,
        long totalNanos) {

    /// What was asked for.
    ///
    /// @param operation the path at the door
    /// @param route the route's name, or null where a provider was named
    /// @param model the model's name as the client wrote it
    /// @param resend whether the same body was lately too much for a target
    public record Asked(
            String operation,
            @Nullable String route,
            String model,
            boolean streamed,
            boolean resend) {}

    /// One attempt.
    ///
    /// @param target `provider/model`
    /// @param phase the phase in which it ended
    /// @param waits when its waits ended
    public record Tried(String target, Outcome outcome, Phase phase, Attempt.Waits waits) {}

    /// What the client got.
    ///
    /// @param status the HTTP status sent, 0 if none was
    /// @param earlyHead whether the head left before the answer was known
    /// @param errorInside whether an error was delivered inside a 200
    /// @param skipped malformed events left out
    public record Told(
            int status,
            boolean earlyHead,
            boolean errorInside,
            long bytes,
            long chunks,
            int skipped) {}

    /// Who asked.
    ///
    /// @param key the name of the gateway key, or null where none is asked
    /// @param tag what the client wrote into `x-ebbgate-tag`
    public record Client(@Nullable String key, @Nullable String userAgent, @Nullable String tag) {}
}
