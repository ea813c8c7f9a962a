package dev.ebbgate.core.health;

/// How one target stands at one moment.
///
/// @param target `provider/model`
/// @param untilNanos when asking may help; the moment itself where it is not refused
/// @param inFlight attempts under way at the target
/// @param waiting attempts in the queue of its provider
/// @param retriesLeft how many retries and hedges it may still get now
public record Bulletin(
        String target,
        Condition condition,
        long untilNanos,
        int inFlight,
        int waiting,
        long retriesLeft) {

    /// How a breaker stands.
    public enum Condition {
        CLOSED,
        OPEN,
        /// The cooldown is over; one probe at a time is let through.
        HALF_OPEN
    }
}
