package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.setting.Sourced;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What an attempt remembers of its waits, for the ledger.
class WaitsTest {

    private static VirtualExchange one(Standing standing) {
        return new VirtualExchange(
                Policies.chain(true, Failover.DEFAULT, Timeouts.DEFAULTS), standing);
    }

    private static Waits waits(VirtualExchange run) {
        Attempt only = run.exchange.attempts().getFirst();
        return only.waits().since(only.waits().startNanos());
    }

    private static long nanos(String span) {
        return Span.parse(span).nanos();
    }

    @Test
    void streamThatEndsWell_hasTheMomentOfEachPhase() {
        VirtualExchange run =
                one(Standing.unwatched())
                        .at("1s", Signal.CONNECTED)
                        .at("3s", Signal.BYTES_ARRIVED)
                        .at("6s", Signal.TOKEN_ARRIVED)
                        .at("10s", Signal.TOKEN_ARRIVED)
                        .at("11s", Signal.DONE)
                        .runTo("12s");

        assertThat(waits(run))
                .isEqualTo(
                        new Waits(
                                0,
                                0,
                                nanos("1s"),
                                nanos("3s"),
                                nanos("6s"),
                                nanos("4s"),
                                nanos("11s")));
    }

    @Test
    void silenceThatALimitEnds_isTheLongestGap() {
        VirtualExchange run =
                one(Standing.unwatched())
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("7s", Signal.TOKEN_ARRIVED)
                        .runTo("10m");

        assertThat(waits(run).longestGapNanos()).isEqualTo(nanos("2m"));
        assertThat(waits(run).overNanos()).isEqualTo(nanos("2m7s"));
    }

    @Test
    void silenceOfAClientThatDoesNotRead_isNoGap() {
        VirtualExchange run =
                one(Standing.unwatched())
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.FILLED)
                        .at("1m", Downstream.GONE)
                        .runTo("2m");

        assertThat(waits(run).longestGapNanos()).isZero();
    }

    @Test
    void whatNeverCame_isNever() {
        VirtualExchange run = one(Standing.unwatched()).at("1s", Signal.CONNECTED).runTo("11m");

        assertThat(waits(run).headNanos()).isEqualTo(Deadline.NEVER);
        assertThat(waits(run).firstTokenNanos()).isEqualTo(Deadline.NEVER);
    }

    /// Full at first; a place is there as soon as it is claimed.
    ///
    /// @param from the first target that is full
    private record Busy(int from) implements Standing, Ticket {

        @Override
        public Admission ask(int target, Purpose purpose, long nowNanos) {
            return target < from
                    ? Standing.unwatched().ask(target, purpose, nowNanos)
                    : new Full(this);
        }

        @Override
        public boolean cools(int target, long nowNanos) {
            return false;
        }

        @Override
        public boolean refusesRetry(int target, long nowNanos, long atNanos) {
            return false;
        }

        @Override
        public List<Integer> order(List<List<Integer>> places) {
            return places.stream().flatMap(List::stream).toList();
        }

        @Override
        public int soonest(List<Integer> targets, long nowNanos) {
            return 0;
        }

        @Override
        public Sourced<Span> patience() {
            return Sourced.byDefault(Span.ofSeconds(30));
        }

        @Override
        public void whenTurn(Runnable turn) {}

        @Override
        public Admission claim(long nowNanos) {
            return Standing.unwatched().ask(0, Purpose.FIRST, nowNanos);
        }

        @Override
        public void cancel(long nowNanos) {}
    }

    @Test
    void placeThatWasWaitedFor_isTheQueueOfItsAttempt() {
        VirtualExchange run = one(new Busy(0)).at("5s", ExchangeEvent.Queue.TURN).runTo("6s");

        assertThat(waits(run).queuedNanos()).isEqualTo(nanos("5s"));
    }

    @Test
    void placeThatIsWaitedForAtTheNextTarget_isWhereTheExchangeStands() {
        Timeouts limits = Timeouts.DEFAULTS;
        Broke refused = new Broke(new Failure.BadStatus(401, true, Meaning.PLAIN, null));
        ExchangePolicy two = Policies.chain(true, Failover.DEFAULT, limits, limits);
        VirtualExchange run = new VirtualExchange(two, new Busy(1)).at("1s", refused);

        run.runTo("2s");

        assertThat(run.exchange.position()).isEqualTo(new Position(2, 1, Phase.QUEUE));
    }

    @Test
    void placeThatNeverCame_isAnAttemptThatWasNotMade() {
        VirtualExchange run = one(new Busy(0)).runTo("1m");

        Attempt turnedAway = run.exchange.attempts().getFirst();
        assertThat(turnedAway.phase()).isEqualTo(Phase.QUEUE);
        assertThat(turnedAway.outcome()).isEqualTo(run.exchange.outcome());
        assertThat(waits(run).queuedNanos()).isEqualTo(nanos("30s"));
        assertThat(waits(run).overNanos()).isEqualTo(nanos("30s"));
    }
}
