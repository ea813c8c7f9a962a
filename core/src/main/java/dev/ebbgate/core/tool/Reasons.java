package dev.ebbgate.core.tool;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Why a run ended or would have ended, in the order in which it became known. The first is its
/// outcome.
final class Reasons {

    /// How many are kept.
    private static final int KEPT = 8;

    private final List<Decision> chain = new ArrayList<>(2);

    /// Adds one.
    ///
    /// @return whether it is the first
    boolean add(Decision reason) {
        if (chain.size() < KEPT) {
            chain.add(reason);
        }
        return chain.size() == 1;
    }

    boolean isEmpty() {
        return chain.isEmpty();
    }

    @Nullable Decision first() {
        return chain.isEmpty() ? null : chain.getFirst();
    }

    List<Decision> chain() {
        return List.copyOf(chain);
    }
}
