package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The names that the operator wrote, as the configuration in force has them. Thread-safe.
final class OwnNames {

    private record Names(@Nullable Config of, Set<String> routes, Set<String> targets) {

        static Names of(Config config) {
            return new Names(
                    config,
                    Set.copyOf(config.routes().keySet()),
                    config.routes().values().stream()
                            .map(Route::targets)
                            .flatMap(targets -> targets.stream().map(TargetRef::toString))
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    private volatile Supplier<? extends @Nullable Config> config = () -> null;
    private volatile Names names = new Names(null, Set.of(), Set.of());

    void follow(Supplier<Config> inForce) {
        config = inForce;
    }

    boolean isRoute(String name) {
        return now().routes.contains(name);
    }

    boolean isTarget(String name) {
        return now().targets.contains(name);
    }

    @SuppressWarnings("ReferenceEquality") // another one is another object
    private Names now() {
        Config inForce = config.get();
        Names known = names;
        if (inForce == null || inForce == known.of) {
            return known;
        }
        Names next = Names.of(inForce);
        names = next;
        return next;
    }
}
