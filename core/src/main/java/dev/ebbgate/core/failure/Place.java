package dev.ebbgate.core.failure;

import dev.ebbgate.core.limit.Phase;

import org.jspecify.annotations.Nullable;

/// Where in an exchange something happened.
///
/// @param exchange the exchange's id
/// @param target `provider/model`, or null before one was chosen
/// @param attempt counted from 1; 0 before the first
/// @param attempts how many there could have been: those made, and one for each target not asked
/// @param chunks events handed to the client so far
/// @param committed whether real content had left for the client
public record Place(
        String exchange,
        Phase phase,
        @Nullable String target,
        int attempt,
        int attempts,
        long chunks,
        boolean committed) {

    /// Before any target was chosen.
    public static Place atTheDoor(String exchange) {
        return new Place(exchange, Phase.RECEIVE, null, 0, 0, 0, false);
    }
}
