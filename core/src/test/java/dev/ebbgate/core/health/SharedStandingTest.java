package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.health.Bulletin.Condition;
import dev.ebbgate.core.health.Sign.Plain;
import dev.ebbgate.core.health.Standing.Admission;
import dev.ebbgate.core.health.Standing.Cooling;
import dev.ebbgate.core.health.Standing.Full;
import dev.ebbgate.core.health.Standing.Granted;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.health.Standing.Spent;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.setting.ApiKey;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What one exchange is told, and what others see of it.
class SharedStandingTest {

    private static final long SECOND = Span.ofSeconds(1).nanos();

    private final Provider alpha = Rosters.provider("alpha");
    private final Provider keyed = Rosters.provider("keyed", Rosters.keys(2), Capacity.UNLIMITED);
    private final Provider narrow = Rosters.provider("narrow", Rosters.keys(1), 1);
    private final Provider open =
            Rosters.provider("open", new ApiKey.PassThrough(), Capacity.UNLIMITED);
    private final Roster roster = Rosters.of(alpha, keyed, narrow, open);
    private long nowNanos;

    @Test
    void oneExchangesFailures_areEveryExchanges() {
        fail(standing(alpha), 5);

        assertThat(ask(standing(alpha), Purpose.FIRST)).isEqualTo(new Cooling(10 * SECOND));
    }

    @Test
    void targetsOfOneProvider_failAlone() {
        fail(standing(alpha), 5);

        Standing other = roster.standing(List.of(Rosters.target(alpha, "other")));

        assertThat(ask(other, Purpose.FIRST)).isInstanceOf(Granted.class);
    }

    @Test
    void targetThatIsLimitedWithItsOnlyKey_restsAlone() {
        Standing standing = standing(alpha);
        Standing other = roster.standing(List.of(Rosters.target(alpha, "other")));
        Permit permit = granted(ask(standing, Purpose.FIRST));
        permit.report(new Sign.KeyLimited(30 * SECOND), nowNanos);
        permit.release(nowNanos);

        assertThat(ask(standing, Purpose.FIRST)).isEqualTo(new Cooling(30 * SECOND));
        assertThat(standing.cools(0, nowNanos)).isTrue();
        granted(ask(standing, Purpose.RETRY)).release(nowNanos);
        granted(ask(standing, Purpose.LAST_RESORT)).release(nowNanos);
        granted(ask(other, Purpose.FIRST)).release(nowNanos);

        nowNanos += 30 * SECOND;
        granted(ask(standing, Purpose.FIRST)).release(nowNanos);
    }

    @Test
    void targetThatIsLimited_isAskedAgainAfterASuccessThatBeganSince() {
        Standing standing = standing(alpha);
        Permit early = granted(ask(standing, Purpose.FIRST));
        nowNanos = SECOND;
        Permit limited = granted(ask(standing, Purpose.FIRST));
        limited.report(new Sign.KeyLimited(30 * SECOND), nowNanos);
        limited.release(nowNanos);

        early.report(Plain.SUCCEEDED, nowNanos);
        early.release(nowNanos);
        assertThat(standing.cools(0, nowNanos)).isTrue();
        Permit later = granted(ask(standing, Purpose.LAST_RESORT));
        later.report(Plain.SUCCEEDED, nowNanos);
        later.release(nowNanos);

        assertThat(standing.cools(0, nowNanos)).isFalse();
    }

    @Test
    void retriesAndHedges_areCharged_failoverIsNot() {
        Standing standing = standing(alpha);
        for (int i = 0; i < 5; i++) {
            granted(ask(standing, Purpose.RETRY)).release(nowNanos);
            granted(ask(standing, Purpose.HEDGE)).release(nowNanos);
        }

        assertThat(ask(standing, Purpose.RETRY)).isEqualTo(new Spent());
        assertThat(ask(standing, Purpose.HEDGE)).isEqualTo(new Spent());
        assertThat(ask(standing, Purpose.FAILOVER)).isInstanceOf(Granted.class);
    }

    @Test
    void retryThatWouldBeRefused_isKnownBeforeItIsWaitedFor() {
        Standing standing = standing(alpha);
        assertThat(standing.refusesRetry(0, nowNanos, nowNanos + SECOND)).isFalse();

        fail(standing, 5);

        assertThat(standing.refusesRetry(0, nowNanos, nowNanos + SECOND)).isTrue();
        assertThat(standing.refusesRetry(0, nowNanos, nowNanos + 10 * SECOND))
                .as("it has cooled down by then")
                .isFalse();
    }

    @Test
    void retryForWhichNothingIsLeft_isKnownBeforeItIsWaitedFor() {
        Standing standing = standing(alpha);
        for (int i = 0; i < 10; i++) {
            granted(ask(standing, Purpose.RETRY)).release(nowNanos);
        }

        assertThat(standing.refusesRetry(0, nowNanos, nowNanos + SECOND)).isTrue();
    }

    @Test
    void aBusyTarget_earnsMoreRetries() {
        Standing standing = standing(alpha);
        for (int i = 0; i < 100; i++) {
            granted(ask(standing, Purpose.FAILOVER)).release(nowNanos);
        }

        for (int i = 0; i < 20; i++) {
            granted(ask(standing, Purpose.RETRY)).release(nowNanos);
        }

        assertThat(ask(standing, Purpose.RETRY)).isEqualTo(new Spent());
    }

    @Test
    void aSpentBudget_keepsNoPlace() {
        Standing standing = standing(narrow);
        for (int i = 0; i < 10; i++) {
            granted(ask(standing, Purpose.RETRY)).release(nowNanos);
        }
        assertThat(ask(standing, Purpose.RETRY)).isEqualTo(new Spent());

        assertThat(ask(standing, Purpose.FIRST)).isInstanceOf(Granted.class);
    }

    @Test
    void aSpentBudget_keepsNoProbesPlace() {
        Standing standing = standing(alpha);
        for (int i = 0; i < 10; i++) {
            nowNanos = 8 * SECOND;
            granted(ask(standing, Purpose.RETRY)).release(nowNanos);
        }
        nowNanos = 0;
        fail(standing, 5);
        nowNanos = 10 * SECOND;
        assertThat(ask(standing, Purpose.RETRY)).isEqualTo(new Spent());

        assertThat(ask(standing, Purpose.FIRST)).isInstanceOf(Granted.class);
    }

    @Test
    void aRefusedKey_isFollowedByTheNext_andTheTargetIsNotBlamed() {
        Standing standing = standing(keyed);
        for (int i = 0; i < 5; i++) {
            Permit first = granted(ask(standing, Purpose.FIRST));
            assertThat(first.key()).isZero();

            first.report(new Sign.KeyRefused(), nowNanos);

            assertThat(first.hasOtherKey(nowNanos)).isTrue();
            Permit second = granted(ask(standing, Purpose.FAILOVER));
            assertThat(second.key()).isEqualTo(1);
            nowNanos += 3_600 * SECOND;
        }
    }

    @Test
    void theLastKeyRefused_countsAgainstTheTarget() {
        Standing standing = standing(alpha);
        for (int i = 0; i < 5; i++) {
            Permit permit = granted(ask(standing, Purpose.FIRST));
            permit.report(new Sign.KeyRefused(), nowNanos);
            assertThat(permit.hasOtherKey(nowNanos)).isFalse();
        }

        assertThat(ask(standing, Purpose.FIRST)).isInstanceOf(Cooling.class);
    }

    @Test
    void aClientsOwnKeyRefused_isNobodyElsesAffair() {
        Standing standing = standing(open);
        for (int i = 0; i < 50; i++) {
            granted(ask(standing, Purpose.FIRST)).report(new Sign.KeyRefused(), nowNanos);
        }

        assertThat(ask(standing, Purpose.FIRST)).isInstanceOf(Granted.class);
    }

    @Test
    void aLimitedKey_restsWithoutBlame() {
        Standing standing = standing(keyed);
        Permit first = granted(ask(standing, Purpose.FIRST));

        first.report(new Sign.KeyLimited(90 * SECOND), nowNanos);

        assertThat(granted(ask(standing, Purpose.FIRST)).key()).isEqualTo(1);
        nowNanos = 90 * SECOND;
        assertThat(granted(ask(standing, Purpose.FIRST)).key()).isZero();
    }

    @Test
    void moreThanMaxInFlight_waitTheirTurn() {
        List<String> told = new ArrayList<>();
        Permit first = granted(ask(standing(narrow), Purpose.FIRST));
        Ticket ticket = full(ask(standing(narrow), Purpose.FIRST));
        ticket.whenTurn(() -> told.add("turn"));
        assertThat(ticket.claim(nowNanos)).isEqualTo(new Full(ticket));
        assertThat(told).isEmpty();

        first.release(nowNanos);
        first.release(nowNanos);

        assertThat(told).containsExactly("turn");
        assertThat(ask(standing(narrow), Purpose.FIRST)).isInstanceOf(Full.class);
        assertThat(ticket.claim(nowNanos)).isInstanceOf(Granted.class);
    }

    @Test
    void aHedge_neverWaits() {
        granted(ask(standing(narrow), Purpose.FIRST));

        assertThat(ask(standing(narrow), Purpose.HEDGE)).isEqualTo(new Spent());
    }

    @Test
    void aTargetThatFellIllMeanwhile_isNotClaimed_andThePlacePassesOn() {
        Provider wide = Rosters.provider("wide", Rosters.keys(1), 5);
        Roster own = Rosters.of(wide);
        Standing sick = own.standing(List.of(Rosters.target(wide, "sick")));
        Standing well = own.standing(List.of(Rosters.target(wide, "well")));
        List<Permit> permits =
                Stream.generate(() -> granted(ask(sick, Purpose.FIRST))).limit(5).toList();
        Ticket first = full(ask(sick, Purpose.FIRST));
        Ticket second = full(ask(well, Purpose.FIRST));
        permits.forEach(permit -> permit.report(Plain.FAILED, nowNanos));
        permits.getFirst().release(nowNanos);

        assertThat(first.claim(nowNanos)).isEqualTo(new Cooling(10 * SECOND));

        assertThat(second.claim(nowNanos)).isInstanceOf(Granted.class);
        assertThat(ask(sick, Purpose.FIRST))
                .as("the sick are not queued for")
                .isInstanceOf(Cooling.class);
    }

    @Test
    void order_putsTheLeastBusyOfAPlaceFirst_andOfEqualsTheOneWrittenFirst() {
        Standing standing =
                roster.standing(
                        List.of(
                                Rosters.target(alpha, "a"),
                                Rosters.target(alpha, "b"),
                                Rosters.target(keyed, "c")));
        List<List<Integer>> places = List.of(List.of(0, 1), List.of(2));
        assertThat(standing.order(places)).containsExactly(0, 1, 2);

        Permit busy = granted(standing.ask(0, Purpose.FIRST, nowNanos));
        granted(standing.ask(2, Purpose.FIRST, nowNanos));

        assertThat(standing.order(places)).containsExactly(1, 0, 2);
        busy.release(nowNanos);
        assertThat(standing.order(places)).containsExactly(0, 1, 2);
    }

    @Test
    void whenAllCoolDown_theSoonestGetsOneAttemptAtATime() {
        Standing standing =
                roster.standing(List.of(Rosters.target(alpha, "a"), Rosters.target(keyed, "b")));
        fail(roster.standing(List.of(Rosters.target(keyed, "b"))), 5);
        nowNanos = SECOND;
        fail(standing, 5);

        int soonest = standing.soonest(List.of(0, 1), nowNanos);

        assertThat(soonest).isEqualTo(1);
        Permit last = granted(standing.ask(soonest, Purpose.LAST_RESORT, nowNanos));
        assertThat(standing.ask(soonest, Purpose.LAST_RESORT, nowNanos))
                .isEqualTo(new Cooling(10 * SECOND));
        last.report(Plain.SUCCEEDED, nowNanos);
        assertThat(standing.ask(soonest, Purpose.FIRST, nowNanos)).isInstanceOf(Granted.class);
    }

    @Test
    void namesThatNoModelHas_shareOneAccount() {
        for (int i = 0; i < 5; i++) {
            Standing standing =
                    roster.standing(List.of(Rosters.target(alpha, i + "x".repeat(1_000_000))));
            fail(standing, 1);
        }

        assertThat(roster.bulletins(nowNanos))
                .singleElement()
                .satisfies(b -> assertThat(b.target()).isEqualTo("alpha/*"))
                .satisfies(b -> assertThat(b.condition()).isEqualTo(Condition.OPEN));
    }

    private Standing standing(Provider provider) {
        return roster.standing(List.of(Rosters.target(provider, "m")));
    }

    private Admission ask(Standing standing, Purpose purpose) {
        return standing.ask(0, purpose, nowNanos);
    }

    private void fail(Standing standing, int times) {
        for (int i = 0; i < times; i++) {
            Permit permit = granted(ask(standing, Purpose.FIRST));
            permit.report(Plain.FAILED, nowNanos);
            permit.release(nowNanos);
        }
    }

    private static Permit granted(Admission admission) {
        assertThat(admission).isInstanceOf(Granted.class);
        return ((Granted) admission).permit();
    }

    private static Ticket full(Admission admission) {
        assertThat(admission).isInstanceOf(Full.class);
        return ((Full) admission).ticket();
    }
}
