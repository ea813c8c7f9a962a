package dev.ebbgate.core.config;

import java.util.List;

/// A name that clients ask for, and its ordered targets.
///
/// @param name a model's name, or a pattern in which `*` stands for any text
public record Route(
        String name,
        List<TargetRef> targets,
        TimeoutSettings timeouts,
        KeepAliveSettings keepAlive) {

    public Route {
        targets = List.copyOf(targets);
        if (name.isBlank() || targets.isEmpty()) {
            throw new IllegalArgumentException("a route has a name and a target");
        }
        if (name.indexOf('*') < 0 && targets.stream().anyMatch(t -> t.model().equals("*"))) {
            throw new IllegalArgumentException("only a pattern has a target with a star");
        }
    }

    public boolean isPattern() {
        return name.indexOf('*') >= 0;
    }
}
