package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.health.Bulletin.Condition;
import dev.ebbgate.core.health.Sign.Plain;
import dev.ebbgate.core.health.Standing.Full;
import dev.ebbgate.core.health.Standing.Granted;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Secret;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What a roster takes over from the one before it.
class SuccessionTest {

    private static final long NOW = Span.ofSeconds(1).nanos();

    private final Provider keyed = Rosters.provider("p", Rosters.keys(1), Capacity.UNLIMITED);

    private static Permit ask(Roster roster, Provider provider) {
        return switch (standing(roster, provider).ask(0, Purpose.FIRST, NOW)) {
            case Granted(Permit permit) -> permit;
            case Standing.Admission other -> throw new AssertionError(other);
        };
    }

    private static Standing standing(Roster roster, Provider provider) {
        return roster.standing(List.of(Rosters.target(provider, "m")));
    }

    private static Roster ill(Provider provider) {
        Roster roster = Rosters.of(provider);
        for (int i = 0; i < 5; i++) {
            Permit permit = ask(roster, provider);
            permit.report(Plain.FAILED, NOW);
            permit.release(NOW);
        }
        return roster;
    }

    private static Condition condition(Roster roster) {
        return roster.bulletins(NOW).findFirst().orElseThrow().condition();
    }

    @Test
    void unchangedProvider_isAsIllAsItWas() {
        Roster next = ill(keyed).succeededBy(Rosters.config(keyed));

        assertThat(condition(next)).isEqualTo(Condition.OPEN);
    }

    @Test
    void providerWithAnotherKey_isTakenToBeWell() {
        ApiKey other = new ApiKey.Fixed(new Secret("other"));
        Provider changed = Rosters.provider("p", other, Capacity.UNLIMITED);

        Roster next = ill(keyed).succeededBy(Rosters.config(changed));

        assertThat(condition(next)).isEqualTo(Condition.CLOSED);
    }

    @Test
    void keyThatRests_restsOnWhileTheKeysAreTheSame() {
        Provider two =
                Rosters.provider(
                        "p",
                        new ApiKey.Fixed(List.of(new Secret("a"), new Secret("b"))),
                        Capacity.UNLIMITED);
        Roster roster = Rosters.of(two);
        ask(roster, two).report(new Sign.KeyRefused(), NOW);

        Roster next = roster.succeededBy(Rosters.config(two));

        assertThat(ask(next, two).key()).isEqualTo(1);
    }

    @Test
    void attemptsUnderWay_areCountedAgainstTheNewNumberOfPlaces() {
        Provider one = Rosters.provider("p", Rosters.keys(1), 1);
        Provider two = Rosters.provider("p", Rosters.keys(1), 2);
        Roster roster = Rosters.of(one);
        Permit first = ask(roster, one);

        Roster next = roster.succeededBy(Rosters.config(two));

        Permit second = ask(next, two);
        assertThat(standing(next, two).ask(0, Purpose.FIRST, NOW)).isInstanceOf(Full.class);
        assertThat(next.bulletins(NOW).findFirst().orElseThrow().inFlight()).isEqualTo(2);
        first.release(NOW);
        second.release(NOW);
        assertThat(next.bulletins(NOW).findFirst().orElseThrow().inFlight()).isZero();
    }

    @Test
    void morePlaces_letWhoeverWaitsIn_fewerSendNobodyAway() {
        Places places = new Places(1);
        places.enter();
        Places.Waiting waiting = places.line();
        boolean[] told = {false};
        waiting.whenTurn(() -> told[0] = true);

        places.resize(2);
        boolean claimed = waiting.claim();
        places.resize(1);
        places.leave();

        assertThat(told[0]).isTrue();
        assertThat(claimed).isTrue();
        assertThat(places.enter()).as("one is still in, and there is one place").isFalse();
    }
}
