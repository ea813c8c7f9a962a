package dev.ebbgate.core.exchange;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;

import java.util.List;
import java.util.Set;

/// What governs one exchange.
///
/// @param streamed whether the client asked for a stream
/// @param targets the limits in force at each target, in the order in which they are written; not
///   empty
/// @param places the indices of the targets in the order in which they are tried; those of one
///   place are equals
/// @param continuing the indices of the targets that go on with what another one began
/// @param failover when and how another attempt follows one that failed
/// @param keepAlive when a waiting client of a stream gets a sign of life
/// @param clientStall how long the client may leave what it was sent unread
/// @param afterFinish how long the formal end of a complete answer is awaited
public record ExchangePolicy(
        boolean streamed,
        List<Timeouts> targets,
        List<List<Integer>> places,
        Set<Integer> continuing,
        Failover failover,
        KeepAlive keepAlive,
        Sourced<Span> clientStall,
        Span afterFinish) {

    public ExchangePolicy {
        targets = List.copyOf(targets);
        continuing = Set.copyOf(continuing);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("an exchange needs a target");
        }
    }

    /// Whether an answer is held to its end, so that another target can still give all of it.
    boolean holds() {
        return streamed && failover.midStream().mode() == MidStream.Mode.HOLD;
    }

    /// Whether another target may go on with what the client already has.
    public boolean continues() {
        return streamed && failover.midStream().mode() == MidStream.Mode.CONTINUE;
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
