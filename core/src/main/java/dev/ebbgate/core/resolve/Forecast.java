package dev.ebbgate.core.resolve;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.Trigger;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What comes of a route whose targets stay silent, each in its turn: for how long each is waited
/// for, and when the next is tried.
///
/// @param dialect of the requests it is about; targets of another are not tried for them
/// @param request the limit of the whole exchange
/// @param steps in the order in which they are tried, of equal targets in the order written
public record Forecast(Dialect dialect, ResolvedLimit request, List<Step> steps) {

    /// What never comes to pass by silence alone.
    public static final long NEVER = Long.MAX_VALUE;

    /// With less left, no attempt begins.
    private static final long LEAST_NANOS = Span.ofSeconds(1).nanos();

    public Forecast {
        steps = List.copyOf(steps);
    }

    /// One target in its turn.
    ///
    /// @param place the index of its place in the route
    /// @param afterNanos silence of those before it, after which it is tried; or [#NEVER]
    /// @param wanted the patience for its first token as configured, or `attempt` if that is less
    /// @param granted what of that is left in `request`
    /// @param isTried whether enough is left for it to be tried at all
    public record Step(
            TargetRef target,
            int place,
            long afterNanos,
            ResolvedLimit wanted,
            ResolvedLimit granted,
            boolean isTried) {

        /// Whether `request` leaves it less than is configured.
        public boolean isCut() {
            return wanted.value().isLongerThan(granted.value());
        }
    }

    /// One forecast for each dialect that a target of the route speaks.
    public static List<Forecast> of(Config config, Route route) {
        Set<Dialect> dialects = EnumSet.noneOf(Dialect.class);
        route.targets().forEach(target -> dialects.add(provider(config, target).dialect()));
        return dialects.stream().map(dialect -> of(config, route, dialect)).toList();
    }

    /// The same for answers that are not streamed, of which nothing is heard before the end.
    public static Forecast ofWhole(Config config, Route route, Dialect dialect) {
        return of(config, route, dialect, route.failover().forWhole());
    }

    /// When the last of them is left, if `attempt` bounds each; else the end of `request`.
    public Span end() {
        Step last = steps.getLast();
        boolean bounded =
                last.afterNanos != NEVER
                        && steps.stream().allMatch(s -> s.granted.limit() == Limit.ATTEMPT);
        return bounded
                ? new Span(last.afterNanos + last.granted.value().nanos()).shorter(request.value())
                : request.value();
    }

    private static Forecast of(Config config, Route route, Dialect dialect) {
        return of(config, route, dialect, route.failover());
    }

    private static Forecast of(Config config, Route route, Dialect dialect, Failover failover) {
        Course course = new Course(failover);
        for (int place = 0; place < route.places().size(); place++) {
            for (TargetRef target : route.places().get(place)) {
                Provider provider = provider(config, target);
                if (provider.dialect() == dialect) {
                    List<Level> levels = Level.all(config, provider, route);
                    course.targets.add(new Turn(target, place, Resolver.timeouts(levels)));
                }
            }
        }
        return new Forecast(dialect, course.request(), course.steps());
    }

    private static Provider provider(Config config, TargetRef target) {
        return Objects.requireNonNull(config.providers().get(target.provider()));
    }

    private record Turn(TargetRef target, int place, Timeouts timeouts) {}

    /// The arithmetic; the same that governs the exchange.
    private static final class Course {
        private final Failover failover;
        private final boolean leaves;
        private final List<Turn> targets = new ArrayList<>();

        Course(Failover failover) {
            this.failover = failover;
            this.leaves = failover.when().contains(Trigger.FIRST_TOKEN);
        }

        ResolvedLimit request() {
            return targets.getFirst().timeouts.request();
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            long elapsed = 0;
            long left = request().value().nanos();
            for (int i = 0; i < targets.size(); i++) {
                Turn turn = targets.get(i);
                int untried = targets.size() - i - 1;
                ResolvedLimit own = turn.timeouts.firstToken();
                ResolvedLimit patience = leaves && untried > 0 ? failover.patience(own) : own;
                ResolvedLimit wanted = nearer(patience, turn.timeouts.attempt());
                ResolvedLimit granted = granted(wanted, share(left, untried));
                boolean tried = i == 0 || left >= LEAST_NANOS;
                steps.add(new Step(turn.target, turn.place, elapsed, wanted, granted, tried));
                boolean ends =
                        leavesBy(granted.limit()) && !granted.value().isOff() && elapsed != NEVER;
                left = left == NEVER || !ends ? left : left - granted.value().nanos();
                elapsed = ends ? elapsed + granted.value().nanos() : NEVER;
            }
            return steps;
        }

        private long share(long left, int untried) {
            if (left == NEVER || !leaves || untried == 0) {
                return left;
            }
            return dev.ebbgate.core.failover.Course.shareNanos(left, untried, failover.reserve());
        }

        private ResolvedLimit granted(ResolvedLimit wanted, long share) {
            Span most = new Span(Math.max(1, share));
            return wanted.value().isLongerThan(most)
                    ? new ResolvedLimit(wanted.limit(), most, "what is left of " + whole())
                    : wanted;
        }

        private String whole() {
            return "request " + request().value() + " (" + request().source() + ")";
        }

        private static ResolvedLimit nearer(ResolvedLimit one, ResolvedLimit other) {
            return one.value().isLongerThan(other.value()) ? other : one;
        }

        private boolean leavesBy(Limit limit) {
            Trigger trigger = FailureTable.row(limit).trigger();
            return trigger != null && failover.when().contains(trigger);
        }
    }
}
