package dev.ebbgate.micrometer;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The names of tools as labels. Servers and models may name tools without end, and each costs the
/// monitoring system its series: the first so many keep their name, the rest share one.
final class ToolNames {

    static final String OTHER = "other";

    private final int most;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    ToolNames(int most) {
        this.most = most;
    }

    String of(String tool) {
        if (known.contains(tool)) {
            return tool;
        }
        synchronized (known) {
            if (known.size() < most) {
                known.add(tool);
                return tool;
            }
        }
        return OTHER;
    }
}
