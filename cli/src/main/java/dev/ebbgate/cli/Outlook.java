package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.resolve.Forecast;

import java.util.ArrayList;
import java.util.List;

/// What will happen on each route when its targets fail, in plain words with computed figures.
final class Outlook {
    private final Config config;
    private final List<String> lines = new ArrayList<>();

    private Outlook(Config config) {
        this.config = config;
    }

    static List<String> of(Config config) {
        Outlook outlook = new Outlook(config);
        for (Route route : config.routes().values()) {
            List<Forecast> forecasts = Forecast.of(config, route);
            for (Forecast forecast : forecasts) {
                outlook.add(route, forecast, forecasts.size() > 1);
            }
        }
        return outlook.lines;
    }

    private void add(Route route, Forecast forecast, boolean mixed) {
        lines.add("");
        lines.add(
                route.name() + asked(forecast.dialect(), mixed) + ": " + summary(route, forecast));
        List<Forecast.Step> steps = forecast.steps();
        for (int i = 0; i < steps.size(); i++) {
            Forecast.Step step = steps.get(i);
            boolean equal = steps.stream().filter(s -> s.place() == step.place()).count() > 1;
            lines.add("  " + (i + 1) + ". " + step.target() + turn(step, equal));
        }
        lines.add("  fast failures: " + fast(route.failover()));
        if (steps.size() > 1) {
            lines.add("  after the first token: " + midStream(route.failover().midStream()));
            lines.add("  not streamed: " + buffered(route, forecast.dialect()));
        }
        if (route.failover().isHedged() && steps.size() > 1) {
            lines.add(
                    "  hedge: without a token for "
                            + route.failover().hedgeAfter()
                            + " the next target starts as well");
        }
    }

    private static String asked(Dialect dialect, boolean mixed) {
        return mixed ? " in the " + dialect.key() + " dialect" : "";
    }

    private static String summary(Route route, Forecast forecast) {
        Span last = forecast.end();
        String end = last.isOff() ? "nothing ends it but its limits" : "gives up after " + last;
        if (forecast.steps().size() == 1) {
            return "no fallback; " + end;
        }
        Failover failover = route.failover();
        long hedge = failover.isHedged() ? failover.hedgeAfter().nanos() : Forecast.NEVER;
        long after = Math.min(hedge, forecast.steps().get(1).afterNanos());
        return after == Forecast.NEVER
                ? "fallback not tried for silence alone; " + end
                : "fallback tried after at most " + new Span(after) + "; " + end;
    }

    private static String turn(Forecast.Step step, boolean equal) {
        String place = equal ? " (of its place the one with least in flight is first)" : "";
        if (!step.isTried()) {
            return place + ": never tried after silence, as nothing is left of request";
        }
        String when = "";
        if (step.afterNanos() == Forecast.NEVER) {
            when = ": not tried for silence alone";
        } else if (step.afterNanos() > 0) {
            when = ": tried after at most " + new Span(step.afterNanos()) + " of silence";
        }
        return place + when + (when.isEmpty() ? ": " : ", ") + "may be silent for " + as(step);
    }

    private static String fast(Failover failover) {
        if (failover.retries() == 0) {
            return "the same target is not asked again";
        }
        String times = failover.retries() == 1 ? "once" : "up to " + failover.retries() + " times";
        return "the same target is asked "
                + times
                + " more, after up to "
                + failover.backoff().base();
    }

    private static String midStream(MidStream midStream) {
        return switch (midStream.mode()) {
            case ERROR -> "the client is told of the failure";
            case HOLD ->
                    "the answer is held up to "
                            + midStream.holdMax()
                            + ", so that another can replace it";
            case CONTINUE ->
                    "a target with continuation: prefill goes on, where the answer is text";
        };
    }

    private String buffered(Route route, Dialect dialect) {
        return switch (route.upstream()) {
            case AS_ASKED ->
                    "a whole answer is waited for "
                            + as(Forecast.ofWhole(config, route, dialect).steps().getFirst())
                            + "; upstream: streamed would tell slow from dead before";
            case STREAMED -> "asked for as a stream, so that the same limits hold";
        };
    }

    private static String as(Forecast.Step step) {
        ResolvedLimit granted = step.granted();
        String span = granted.value().isOff() ? "as long as it takes" : granted.value().toString();
        return span + " (" + granted.source() + ")";
    }
}
