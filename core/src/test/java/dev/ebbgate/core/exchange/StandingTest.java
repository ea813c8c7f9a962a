package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What an exchange asks of the health of its targets, and what it tells of them.
class StandingTest {

    private final Told told = new Told();

    /// Some targets cool down, some budgets are spent; every sign is kept.
    private static final class Told implements Standing, Permit {
        final Set<Integer> cooling = new HashSet<>();
        final List<String> asked = new ArrayList<>();
        final List<Sign> signs = new ArrayList<>();
        boolean spent;
        boolean otherKey;
        int released;

        @Override
        public Admission ask(int target, Purpose purpose, long nowNanos) {
            asked.add(target + " " + purpose);
            if (cooling.contains(target) && purpose != Purpose.LAST_RESORT) {
                return new Cooling(nowNanos + Span.ofSeconds(7).nanos());
            }
            return spent && purpose == Purpose.RETRY ? new Spent() : new Granted(this);
        }

        @Override
        public boolean cools(int target, long nowNanos) {
            return cooling.contains(target);
        }

        @Override
        public boolean refusesRetry(int target, long nowNanos, long atNanos) {
            return spent || cooling.contains(target);
        }

        @Override
        public List<Integer> order(List<List<Integer>> places) {
            return places.stream().flatMap(List::stream).toList().reversed();
        }

        @Override
        public int soonest(List<Integer> targets, long nowNanos) {
            return targets.getLast();
        }

        @Override
        public int key() {
            return released;
        }

        @Override
        public void report(Sign sign, long nowNanos) {
            signs.add(sign);
        }

        @Override
        public boolean hasOtherKey(long nowNanos) {
            boolean has = otherKey;
            otherKey = false;
            return has;
        }

        @Override
        public void release(long nowNanos) {
            released++;
        }
    }

    private VirtualExchange two(boolean streamed) {
        Timeouts limits = Timeouts.DEFAULTS;
        return new VirtualExchange(
                Policies.chain(streamed, Failover.DEFAULT, limits, limits), told);
    }

    private VirtualExchange one(boolean streamed) {
        return new VirtualExchange(
                Policies.chain(streamed, Failover.DEFAULT, Timeouts.DEFAULTS), told);
    }

    private static Broke status(int status, String retryAfter) {
        Span wait = retryAfter.isEmpty() ? null : Span.parse(retryAfter);
        return new Broke(new BadStatus(status, true, Meaning.PLAIN, wait));
    }

    @Test
    void targetThatCools_isPassedOver() {
        told.cooling.add(0);

        VirtualExchange run = two(true).runTo("1s");

        assertThat(run.attempts()).isEqualTo("1");
        assertThat(told.asked).containsExactly("0 FIRST", "1 FIRST");
    }

    @Test
    void whereAllCool_theOneReadyFirstIsALastResort() {
        told.cooling.addAll(List.of(0, 1));

        VirtualExchange run = two(true).at("1s", status(500, "")).runTo("2h");

        assertThat(run.attempts()).isEqualTo("1");
        assertThat(told.asked).endsWith("1 LAST_RESORT");
        assertThat(Endings.text(run.exchange.outcome())).isEqualTo("BadStatus");
    }

    @Test
    void spentBudget_sendsARetryToTheNextTarget() {
        told.spent = true;

        VirtualExchange run = two(true).at("1s", status(500, "")).runTo("2s");

        assertThat(run.attempts()).as("nothing is waited for in vain").isEqualTo("0, 1");
        assertThat(told.asked).containsExactly("0 FIRST", "1 FAILOVER");
    }

    @Test
    void anotherKey_isTriedAtOnceAndChargedToNobody() {
        told.otherKey = true;

        VirtualExchange run =
                two(true).at("1s", status(401, "")).at("2s", 2, status(401, "")).runTo("3s");

        assertThat(run.attempts()).isEqualTo("0, 0, 1");
        assertThat(told.asked).containsExactly("0 FIRST", "0 FAILOVER", "1 FAILOVER");
        assertThat(told.signs).containsOnly(new Sign.KeyRefused());
    }

    @Test
    void firstToken_isTheSuccessOfAStreamAndABreakTakesItBack() {
        two(true)
                .at("1s", Signal.CONNECTED)
                .at("2s", Signal.TOKEN_ARRIVED)
                .at("3s", new Broke(new Failure.Reset()))
                .runTo("4s");

        assertThat(told.signs).containsExactly(Sign.Plain.SUCCEEDED, Sign.Plain.FAILED);
        assertThat(told.released).isEqualTo(1);
    }

    @Test
    void wholeAnswer_isTheSuccessOfABufferedCall() {
        two(false)
                .at("1s", Signal.CONNECTED)
                .at("2s", Signal.TOKEN_ARRIVED)
                .at("3s", Signal.DONE)
                .runTo("4s");

        assertThat(told.signs).containsExactly(Sign.Plain.SUCCEEDED);
        assertThat(told.released).isEqualTo(1);
    }

    @Test
    void clientThatLeaves_blamesNobody() {
        two(true).at("1s", Signal.CONNECTED).at("2s", Downstream.GONE).runTo("3s");

        assertThat(told.signs).containsExactly(Sign.Plain.NEITHER);
        assertThat(told.released).isEqualTo(1);
    }

    @Test
    void rateLimit_letsTheKeyRestOnlyWhereItIsNotWaitedFor() {
        two(true).at("1s", status(429, "2s")).at("4s", 2, status(429, "9s")).runTo("5s");

        assertThat(told.signs.getFirst()).isEqualTo(Sign.Plain.NEITHER);
        assertThat(told.signs.getLast()).isInstanceOf(Sign.KeyLimited.class);
    }

    @Test
    void rateLimitOfAKey_leadsToAnotherKeyOnlyWhereNoTargetIsLeft() {
        told.otherKey = true;

        assertThat(two(true).always("1s", status(429, "9s")).runTo("2h").attempts())
                .isEqualTo("0, 1");
        told.otherKey = true;
        assertThat(one(true).always("1s", status(429, "9s")).runTo("2h").attempts())
                .isEqualTo("0, 0");
        told.otherKey = true;
        assertThat(one(true).always("1s", status(429, "")).runTo("2h").attempts())
                .as("a key that need not rest would be asked again")
                .isEqualTo("0");
    }

    @Test
    void patience_isNotShortWhereNobodyElseIsWell() {
        told.cooling.add(1);

        VirtualExchange run = two(true).at("1s", Signal.CONNECTED).runTo("2h");

        assertThat(run.ending()).isEqualTo("first-token 10m1s");
    }

    @Test
    void equals_areAskedInTheOrderOfTheirLoad() {
        Timeouts limits = Timeouts.DEFAULTS;
        ExchangePolicy apart = Policies.chain(true, Failover.DEFAULT, limits, limits);
        ExchangePolicy together =
                new ExchangePolicy(
                        true,
                        apart.targets(),
                        List.of(List.of(0, 1)),
                        apart.continuing(),
                        apart.failover(),
                        apart.keepAlive(),
                        apart.clientStall(),
                        apart.afterFinish());

        VirtualExchange run = new VirtualExchange(together, told);

        assertThat(run.at("1s", status(401, "")).runTo("2s").attempts()).isEqualTo("1, 0");
    }
}
