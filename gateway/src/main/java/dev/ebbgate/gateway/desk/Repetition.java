package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.failover.Resends;
import dev.ebbgate.core.resolve.Target;

import java.util.List;
import java.util.Set;

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

    /// The places without those targets that were too slow: none of them is asked the same again,
    /// and none shortens another's patience. Where all were, they are all there is.
    List<List<Target>> withoutSlow(List<List<Target>> places) {
        if (slow.isEmpty()) {
            return places;
        }
        List<List<Target>> left =
                places.stream()
                        .map(place -> place.stream().filter(target -> !isSlow(target)).toList())
                        .filter(place -> !place.isEmpty())
                        .toList();
        return left.isEmpty() ? places : left;
    }

    private boolean isSlow(Target target) {
        return slow.contains(target.id());
    }
}
