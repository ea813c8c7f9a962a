package dev.ebbgate.core.resolve;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.UpstreamForm;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// From the model a client names to the targets that can answer. In this order: a route of exactly
/// that name; a pattern that itself has a slash; `provider/model`; any other pattern; the only
/// provider, if there is but one. Of several patterns the one that prescribes most characters wins.
/// Immutable; everything but a star's model is resolved beforehand.
public final class RouteTable {

    private final Map<String, Found> exact = new LinkedHashMap<>();
    private final List<PatternRoute> patterns;
    private final Failover failover;
    private final Map<String, Target> providers = new LinkedHashMap<>();

    public RouteTable(Config config) {
        failover = config.policies().failover();
        List<PatternRoute> found = new ArrayList<>();
        for (Provider provider : config.providers().values()) {
            providers.put(provider.name(), target(config, provider, TargetRef.ASKED, null));
        }
        for (Route route : config.routes().values()) {
            Found targets =
                    new Found(
                            route.name(),
                            places(config, route),
                            route.failover(),
                            route.upstream());
            if (route.isPattern()) {
                found.add(new PatternRoute(new NamePattern(route.name()), targets));
            } else {
                exact.put(route.name(), targets);
            }
        }
        found.sort(Comparator.comparingInt((PatternRoute p) -> p.name.prescribed()).reversed());
        patterns = List.copyOf(found);
    }

    private record PatternRoute(NamePattern name, Found found) {}

    /// What is known of a model's name.
    public sealed interface Answer {}

    /// The targets that can answer, in order; at least one.
    ///
    /// @param route the route's name, or null where a provider was named or is the only one
    /// @param places in the order in which they are tried, each of one or more equal targets
    /// @param upstream how a request that is not streamed is put to a target
    public record Found(
            @Nullable String route,
            List<List<Target>> places,
            Failover failover,
            UpstreamForm upstream)
            implements Answer {

        public Found {
            places =
                    places.size() == 1
                            ? List.of(List.copyOf(places.getFirst()))
                            : places.stream().map(List::copyOf).toList();
        }

        /// All targets, in the order written.
        public List<Target> targets() {
            return places.size() == 1
                    ? places.getFirst()
                    : places.stream().flatMap(List::stream).toList();
        }

        private Found asking(String model) {
            List<List<Target>> named =
                    places.stream()
                            .map(place -> place.stream().map(t -> asked(t, model)).toList())
                            .toList();
            return new Found(route, named, failover, upstream);
        }

        private static Target asked(Target target, String model) {
            return target.model().equals(TargetRef.ASKED) ? target.asking(model) : target;
        }
    }

    /// Nothing answers to that name.
    ///
    /// @param nearNames what the client may have meant; the nearest first, possibly none
    public record Unknown(List<String> nearNames) implements Answer {}

    /// Finds the targets for a model as a client names it.
    public Answer find(String model) {
        Found route = exact.get(model);
        if (route != null) {
            return route;
        }
        Found found = pattern(model, NamePattern::isQualified);
        if (found == null) {
            found = qualified(model);
        }
        if (found == null) {
            found = pattern(model, name -> !name.isQualified());
        }
        if (found == null && providers.size() == 1 && !model.isBlank()) {
            Target only = providers.values().iterator().next();
            found = direct(only.asking(model));
        }
        return found == null ? new Unknown(near(model)) : found;
    }

    /// The names of the routes that are no patterns, in the order written.
    public List<String> names() {
        return List.copyOf(exact.keySet());
    }

    private @Nullable Found qualified(String model) {
        int slash = model.indexOf('/');
        Target provider = slash <= 0 ? null : providers.get(model.substring(0, slash));
        String rest = model.substring(slash + 1);
        return provider == null || rest.isBlank() ? null : direct(provider.asking(rest));
    }

    private Found direct(Target target) {
        return new Found(null, List.of(List.of(target)), failover, UpstreamForm.AS_ASKED);
    }

    private @Nullable Found pattern(String model, Predicate<NamePattern> kind) {
        for (PatternRoute route : patterns) {
            if (kind.test(route.name) && route.name.matches(model)) {
                return route.found.asking(model);
            }
        }
        return null;
    }

    private List<String> near(String model) {
        List<String> near = new ArrayList<>(NearNames.of(model, exact.keySet()));
        int slash = model.indexOf('/');
        if (slash > 0 && slash < model.length() - 1) {
            String rest = model.substring(slash);
            NearNames.of(model.substring(0, slash), providers.keySet())
                    .forEach(provider -> near.add(provider + rest));
        }
        return near;
    }

    private static List<List<Target>> places(Config config, Route route) {
        return route.places().stream().map(place -> targets(config, route, place)).toList();
    }

    private static List<Target> targets(Config config, Route route, List<TargetRef> place) {
        List<Target> targets = new ArrayList<>();
        for (TargetRef ref : place) {
            Provider provider = config.providers().get(ref.provider());
            if (provider != null) { // Config has checked it
                targets.add(target(config, provider, ref.model(), route));
            }
        }
        return targets;
    }

    private static Target target(
            Config config, Provider provider, String model, @Nullable Route route) {
        List<Level> levels = Level.all(config, provider, route);
        return new Target(provider, model, Resolver.timeouts(levels), Resolver.keepAlive(levels));
    }
}
