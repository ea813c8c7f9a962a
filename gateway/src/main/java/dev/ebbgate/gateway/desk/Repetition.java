package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.failover.Resends;
import dev.ebbgate.core.resolve.Target;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whether a request repeats one that was too much for a target lately, and where such are kept.
///
/// @param slow the targets, as `provider/model`, that were too slow for this very body
public record Repetition(Resends memory, Set<String> slow) {

    /// Looks a body up.
    static Repetition of(Resends memory, byte[] body) {
        return new Repetition(memory, memory.slowFor(body, System.nanoTime()));
    }

    /// Whether the same was asked before.
    public boolean isResend() {
        return !slow.isEmpty();
    }

    /// The places with those targets last that were too slow.
    List<List<Target>> slowLast(List<List<Target>> places) {
        if (slow.isEmpty() || places.stream().flatMap(List::stream).allMatch(this::isSlow)) {
            return places;
        }
        return Stream.concat(part(places, false), part(places, true)).toList();
    }

    private Stream<List<Target>> part(List<List<Target>> places, boolean ofSlow) {
        return places.stream()
                .map(place -> place.stream().filter(t -> isSlow(t) == ofSlow).toList())
                .filter(place -> !place.isEmpty());
    }

    private boolean isSlow(Target target) {
        return slow.contains(target.id());
    }
}
