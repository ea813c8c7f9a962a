package dev.ebbgate.gateway.metrics;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// The values of one label. Clients name models, so there is no telling how many there will be, and
/// each costs the monitoring system a series: those that the operator wrote keep their name, and so
/// do the first so many others; the rest share one. Thread-safe.
final class Labels {

    /// What the others are called.
    static final String OTHER = "other";

    /// What nothing is called: to Prometheus, an empty label is an absent one.
    static final String NONE = "";

    private final int most;
    private final Predicate<String> own;
    private final Set<String> others = ConcurrentHashMap.newKeySet();

    /// @param own which names the operator wrote
    Labels(int most, Predicate<String> own) {
        this.most = most;
        this.own = own;
    }

    /// The value to use for this name.
    String of(@Nullable String name) {
        if (name == null) {
            return NONE;
        }
        if (isNamed(name)) {
            return name;
        }
        if (others.size() >= most) {
            return OTHER;
        }
        others.add(name);
        return name;
    }

    private boolean isNamed(String name) {
        return own.test(name) || others.contains(name);
    }
}
