package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;

import java.util.List;

/// What governs one exchange.
///
/// @param streamed whether the client asked for a stream
/// @param targets the limits in force at each target, in the order in which they are written; not
///   empty
/// @param places the indices of the targets in the order in which they are tried; those of one
///   place are equals
/// @param failover when and how another attempt follows one that failed
/// @param keepAliveAfter how long the client may wait for the head of a stream
/// @param keepAliveEvery how long the client of a stream may then get nothing
/// @param clientStall how long the client may leave what it was sent unread
/// @param afterFinish how long the formal end of a complete answer is awaited
public record ExchangePolicy(
        boolean streamed,
        List<Timeouts> targets,
        List<List<Integer>> places,
        Failover failover,
        Span keepAliveAfter,
        Span keepAliveEvery,
        Span clientStall,
        Span afterFinish) {

    public ExchangePolicy {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("an exchange needs a target");
        }
    }

    /// Whether an answer is held to its end, so that another target can still give all of it.
    boolean holds() {
        return streamed && failover.midStream().mode() == MidStream.Mode.HOLD;
    }

    /// Whether there is more than one target in a place.
    boolean hasChoice() {
        return places.size() < targets.size();
    }

    /// The limit on the whole: that of the first target, for it is in force before any is chosen.
    ResolvedLimit request() {
        return targets.getFirst().get(Limit.REQUEST);
    }
}
