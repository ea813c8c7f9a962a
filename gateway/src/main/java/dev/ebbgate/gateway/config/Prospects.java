package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.resolve.Forecast;
import dev.ebbgate.core.setting.Size;

import java.util.List;
import java.util.Objects;

/// Warns of failover that is legal and cannot do what it is meant for.
final class Prospects {

    private final Reading reading;
    private final Config config;

    private Prospects(Reading reading, Config config) {
        this.reading = reading;
        this.config = config;
    }

    static void warn(Reading reading, Config config) {
        Prospects prospects = new Prospects(reading, config);
        for (Route route : config.routes().values()) {
            prospects.midStream(route);
            prospects.cliff(route);
            prospects.hedge(route);
            if (route.targets().size() > 1) {
                prospects.targets(route);
                Forecast.of(config, route).forEach(forecast -> prospects.times(route, forecast));
            }
        }
    }

    /// Who has left does not see the error that would tell why.
    private void cliff(Route route) {
        Span cliff = route.consumerCancelsAfter();
        Forecast.of(config, route).stream()
                .map(Forecast::request)
                .filter(request -> request.value().isLongerThan(cliff))
                .findFirst()
                .ifPresent(request ->
                        reading.warn(
                                path(route, "consumer-cancels-after"),
                                "the consumer leaves after "
                                        + cliff
                                        + ", before request "
                                        + request.value()
                                        + " ("
                                        + request.source()
                                        + ") can tell it why; write a shorter"
                                        + " timeouts.request"));
    }

    /// A hedge that can never begin.
    private void hedge(Route route) {
        Failover failover = route.failover();
        if (!failover.isHedged()) {
            return;
        }
        String path = path(route, "failover.hedge");
        if (route.targets().size() == 1) {
            reading.warn(path, "there is no other target to start; write one, or off");
            return;
        }
        Span after = failover.hedgeAfter();
        for (Forecast forecast : Forecast.of(config, route)) {
            Span silence = forecast.steps().getFirst().granted().value();
            if (forecast.steps().size() > 1 && !silence.isLongerThan(after)) {
                reading.warn(
                        path,
                        "after "
                                + after
                                + " nothing is waited for any more, as "
                                + forecast.steps().getFirst().target()
                                + " may be silent for "
                                + silence
                                + "; write a shorter after");
            }
        }
    }

    private void targets(Route route) {
        String path = path(route, "targets");
        if (route.targets().stream().map(TargetRef::provider).distinct().count() == 1) {
            reading.warn(
                    path,
                    "all targets are on one provider, which may fail as a whole; write a target of"
                            + " another one");
        }
        Provider first = provider(route.targets().getFirst());
        List<TargetRef> others =
                route.targets().stream()
                        .filter(target -> provider(target).dialect() != first.dialect())
                        .toList();
        if (!others.isEmpty()) {
            reading.warn(
                    path,
                    others
                            + " speak another dialect than the first target and are skipped for"
                            + " its requests, as nothing is translated yet; write targets of the "
                            + first.dialect().key()
                            + " dialect");
        }
        if (route.failover().when().isEmpty()) {
            reading.warn(
                    path(route, "failover.when"),
                    "no failure ever leads to the next target, as when is empty; write for example"
                            + " [connect, first-token], or one target");
        }
    }

    private void times(Route route, Forecast forecast) {
        for (Forecast.Step step : forecast.steps()) {
            if (!step.isTried()) {
                reading.warn(
                        path(route, "targets"),
                        step.target()
                                + " is never tried after silence, as nothing is left of request "
                                + forecast.request().value()
                                + "; write a longer request, or a shorter failover.first-token");
            } else if (step.isCut()
                    && !step.wanted().value().isOff()
                    && forecast.steps().size() > 1) {
                reading.warn(
                        path(route, "targets"),
                        step.target()
                                + " may get only "
                                + step.granted().value()
                                + " of its "
                                + step.wanted().limit().key()
                                + " "
                                + step.wanted().value()
                                + ", as request is "
                                + forecast.request().value()
                                + "; write a longer request, or a shorter "
                                + step.wanted().limit().key());
            }
        }
    }

    private void midStream(Route route) {
        Failover failover = route.failover();
        if (failover.midStream().mode() == MidStream.Mode.CONTINUE && !goesOn(route)) {
            reading.warn(
                    path(route, "failover.mid-stream"),
                    "no target behind the first goes on with what another began, and error is in"
                            + " force; write continuation: prefill for its provider, or error");
        }
        Size holdMax = failover.midStream().holdMax();
        Size buffered = config.limits().sizes().buffered().value();
        if (failover.midStream().mode() == MidStream.Mode.HOLD
                && holdMax.bytes() > buffered.bytes()) {
            reading.warn(
                    path(route, "failover.hold-max"),
                    "hold-max "
                            + holdMax
                            + " is more than limits.buffered "
                            + buffered
                            + " lets all exchanges hold together; write at most "
                            + buffered);
        }
    }

    private boolean goesOn(Route route) {
        return route.targets().stream().skip(1).anyMatch(target -> provider(target).continues());
    }

    private Provider provider(TargetRef target) {
        return Objects.requireNonNull(config.providers().get(target.provider()));
    }

    private static String path(Route route, String key) {
        return "routes." + route.name() + "." + key;
    }
}
