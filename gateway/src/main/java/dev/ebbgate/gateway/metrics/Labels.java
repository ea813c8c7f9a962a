package dev.ebbgate.gateway.metrics;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The values of one label. Clients name models, so there is no telling how many there will be, and
/// each costs the monitoring system a series: the first so many keep their name, the rest share
/// one. Thread-safe.
final class Labels {

    /// What the others are called.
    static final String OTHER = "other";

    /// What nothing is called: to Prometheus, an empty label is an absent one.
    static final String NONE = "";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Labels(int most) {
        this.most = most;
    }

    /// The value to use for this name.
    String of(@Nullable String name) {
        if (name == null) {
            return NONE;
        }
        if (known.contains(name)) {
            return name;
        }
        if (known.size() >= most) {
            return OTHER;
        }
        known.add(name);
        return name;
    }
}
