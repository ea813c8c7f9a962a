package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.UpstreamForm;

import java.util.List;

/// A name that clients ask for, and its ordered targets.
///
/// @param name a model's name, or a pattern in which `*` stands for any text
/// @param places in the order in which they are tried; of several targets in one place the one with
///   the least in flight comes first
/// @param upstream how a request that is not streamed is put to a target
/// @param consumerCancelsAfter when those who ask for it leave, or off where that is not known; it
///   is watched and ends nothing
public record Route(
        String name,
        List<List<TargetRef>> places,
        TimeoutSettings timeouts,
        KeepAliveSettings keepAlive,
        Failover failover,
        UpstreamForm upstream,
        Span consumerCancelsAfter) {

    public Route {
        places = places.stream().map(List::copyOf).toList();
        if (name.isBlank() || places.isEmpty() || places.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a route has a name and a target");
        }
        boolean star = places.stream().flatMap(List::stream).anyMatch(t -> t.model().equals("*"));
        if (name.indexOf('*') < 0 && star) {
            throw new IllegalArgumentException("only a pattern has a target with a star");
        }
    }

    /// All targets, in the order written.
    public List<TargetRef> targets() {
        return places.size() == 1
                ? places.getFirst()
                : places.stream().flatMap(List::stream).toList();
    }

    public boolean isPattern() {
        return name.indexOf('*') >= 0;
    }
}
