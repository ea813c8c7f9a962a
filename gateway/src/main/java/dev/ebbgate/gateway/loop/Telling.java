package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Attempt;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Position;
import dev.ebbgate.core.exchange.Reports;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Fault;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.failure.Tried;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Trigger;
import dev.ebbgate.dialects.ErrorWriter;
import dev.ebbgate.dialects.ProviderError;
import dev.ebbgate.dialects.RetryAfter;
import dev.ebbgate.gateway.desk.Plan;
import dev.ebbgate.gateway.downstream.ClientAnswer;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Tells a client honestly how its exchange failed: by a status while nothing has been sent, by a
/// last frame after that. A provider's own well-formed error passes through.
final class Telling {

    private static final long LONGEST_WAIT_SECONDS = 60;

    private final String exchange;
    private final Plan plan;
    private final ClientAnswer client;

    Telling(String exchange, Plan plan, ClientAnswer client) {
        this.exchange = exchange;
        this.plan = plan;
        this.client = client;
    }

    void failure(Outcome outcome, Exchange machine, Trial trial, long elapsedNanos) {
        List<Attempt> attempts = machine.attempts();
        Attempt broken = machine.broken();
        Reports reports = new Reports(place(machine, broken), plan.inPhases());
        String obstacle = broken != null && plan.policy().continues() ? obstacle(machine) : null;
        ErrorReport plain = reports.of(outcome, elapsedNanos, obstacle);
        boolean exhausted = isExhausted(outcome, machine);
        ErrorReport report = exhausted ? afterAll(plain, attempts) : plain;
        ProviderError own = isOfTheProvider(outcome) ? trial.error() : null;
        if (client.headSent()) {
            client.end(frame(report, own));
        } else if (own != null && passesThrough(outcome, attempts, exhausted)) {
            Buffer body = Buffer.buffer(own.json());
            client.reply(
                    report.status(),
                    Heads.refusal(exchange, trial, attempts.size(), report.isFinal()),
                    body);
        } else {
            client.reply(
                    report.status(),
                    Heads.error(
                            exchange,
                            trial,
                            attempts.size(),
                            report.isFinal(),
                            retryAfter(outcome, trial)),
                    Buffer.buffer(body(report, own)));
        }
    }

    /// Where it failed; while nothing is under way, at the target whose turn it is to be.
    private Place place(Exchange machine, @Nullable Attempt broken) {
        Position at = machine.position();
        int made = machine.attempts().size();
        int reached = at.phase() == Phase.QUEUE ? Math.max(made, at.attempt()) : made;
        return new Place(
                exchange,
                broken == null ? at.phase() : broken.phase(),
                plan.targets().get(broken == null ? at.target() : broken.target()).id(),
                broken == null ? reached : broken.number(),
                reached + machine.untried(),
                client.chunks(),
                machine.committed());
    }

    /// Whether an answer of the provider is why it failed; else what an attempt before was told is
    /// not to be taken for the reason.
    private static boolean isOfTheProvider(Outcome outcome) {
        return outcome instanceof Outcome.Failed(Failure failure)
                && !(failure instanceof Failure.Crowded);
    }

    private static String obstacle(Exchange machine) {
        String obstacle = machine.obstacle();
        return obstacle == null ? "no other target could go on with it" : obstacle;
    }

    /// When to come back: what the provider says, or what the gateway knows, but within a minute.
    private static @Nullable String retryAfter(Outcome outcome, Trial trial) {
        if (outcome instanceof Outcome.Failed(Failure.Resting(Span wait))) {
            return seconds(wait);
        }
        if (outcome instanceof Outcome.Failed(Failure.Crowded _)) {
            return null;
        }
        MultiMap provider = trial.headers();
        Span wait =
                provider == null
                        ? null
                        : RetryAfter.read(provider::get, System.currentTimeMillis());
        return wait == null ? null : seconds(wait);
    }

    private static String seconds(Span wait) {
        long seconds = (wait.millis() + 999) / 1000;
        return Long.toString(Math.clamp(seconds, 1, LONGEST_WAIT_SECONDS));
    }

    /// The provider's own word stands alone where nothing else was or could be tried, or where its
    /// answer is about the request itself.
    private boolean passesThrough(Outcome outcome, List<Attempt> attempts, boolean exhausted) {
        return outcome instanceof Outcome.Failed(Failure.BadStatus refusal)
                && refusal.wellFormed()
                && (plan.targets().size() == 1
                        || !exhausted
                        || isOnesRefusal(outcome, attempts)
                        || isLastWord(outcome));
    }

    /// Whether the only target that was asked refuses the key or the rate: what it says of that is
    /// the client's to read.
    private static boolean isOnesRefusal(Outcome outcome, List<Attempt> attempts) {
        if (!(outcome instanceof Outcome.Failed(Failure.BadStatus refusal))) {
            return false;
        }
        Trigger trigger = FailureTable.row(refusal).trigger();
        return isOneTarget(attempts) && (trigger == Trigger.AUTH || trigger == Trigger.STATUS_429);
    }

    /// Whether there is more to be told than of one attempt at the only target that could be asked.
    private boolean isExhausted(Outcome outcome, Exchange machine) {
        int attempts = machine.attempts().size();
        boolean others = plan.targets().size() > 1 && !machine.committed();
        return attempts > 1
                || (others
                        && attempts == 1
                        && !isLastWord(outcome)
                        && !isOnesRefusal(outcome, machine.attempts()));
    }

    /// Whether nobody else is to be asked after such an answer: it is about the request itself, or
    /// the configuration has it so.
    private boolean isLastWord(Outcome outcome) {
        if (!(outcome instanceof Outcome.Failed(Failure.BadStatus refusal))) {
            return false;
        }
        Trigger trigger = FailureTable.row(refusal).trigger();
        return trigger == null
                || trigger == Trigger.CONTEXT_LENGTH
                || !plan.policy().failover().when().contains(trigger);
    }

    private ErrorReport afterAll(ErrorReport plain, List<Attempt> attempts) {
        return plain.after(
                attempts.stream().map(this::tried).toList(),
                isOwnWord(attempts) ? plain.status() : inCommon(plain, attempts));
    }

    private boolean isOwnWord(List<Attempt> attempts) {
        Outcome last = attempts.getLast().outcome();
        return plan.targets().size() == 1
                || (last != null && (isLastWord(last) || isOnesRefusal(last, attempts)));
    }

    private static boolean isOneTarget(List<Attempt> attempts) {
        int first = attempts.getFirst().target();
        return attempts.stream().allMatch(attempt -> attempt.target() == first);
    }

    /// The status for what befell several targets: late if the last was, limited if all were.
    private static int inCommon(ErrorReport plain, List<Attempt> attempts) {
        if (attempts.getLast().phase() == Phase.QUEUE) {
            boolean all = attempts.stream().allMatch(attempt -> attempt.phase() == Phase.QUEUE);
            return all ? plain.status() : ErrorKind.LIMIT.status();
        }
        if (plain.kind().fault() != Fault.PROVIDER || plain.kind() == ErrorKind.LIMIT) {
            return plain.status();
        }
        return attempts.stream().allMatch(Telling::isLimited) ? 429 : 502;
    }

    private static boolean isLimited(Attempt attempt) {
        return attempt.outcome() instanceof Outcome.Failed(Failure failure)
                && switch (failure) {
                    case Failure.BadStatus refusal -> refusal.status() == 429;
                    case Failure.StreamError error -> error.status() == 429;
                    case Failure.ConnectFailed _,
                            Failure.Reset _,
                            Failure.Stale _,
                            Failure.Truncated _,
                            Failure.Malformed _,
                            Failure.Defect _,
                            Failure.NoRoom _,
                            Failure.Resting _,
                            Failure.Crowded _ ->
                            false;
                };
    }

    private Tried tried(Attempt attempt) {
        Outcome outcome = attempt.outcome();
        String cause = outcome == null ? null : outcome.cause();
        Waits waits = attempt.waits();
        return new Tried(
                target(attempt),
                attempt.phase(),
                cause == null ? "completed" : cause,
                waits.overNanos() - waits.startNanos());
    }

    private String target(Attempt attempt) {
        return plan.targets().get(attempt.target()).id();
    }

    private byte[] frame(ErrorReport report, @Nullable ProviderError own) {
        if (own == null) {
            return ErrorWriter.frame(dialect(), report);
        }
        return isOfSeveral(report)
                ? ErrorWriter.quotingFrame(dialect(), own, report)
                : ErrorWriter.providerFrame(dialect(), own, report);
    }

    private byte[] body(ErrorReport report, @Nullable ProviderError own) {
        if (own == null) {
            return ErrorWriter.body(dialect(), report);
        }
        return isOfSeveral(report)
                ? ErrorWriter.quotingBody(dialect(), own, report)
                : ErrorWriter.providerBody(dialect(), own, report);
    }

    /// Whether several targets have failed, each in its way.
    private static boolean isOfSeveral(ErrorReport report) {
        return report.attempts().stream().map(Tried::target).distinct().count() > 1;
    }

    private Dialect dialect() {
        return plan.operation().dialect();
    }
}
