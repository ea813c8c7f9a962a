package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Breaker;
import dev.ebbgate.core.event.Event.BreakerMoved;
import dev.ebbgate.core.event.Event.KeyRests;
import dev.ebbgate.core.health.Standing.Granted;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Capacity;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// What operators hear of the health of targets: every move once, and nothing while all is well.
class EventsTest {

    private final List<Event> told = new ArrayList<>();
    private final Provider provider = Rosters.provider("p", Rosters.keys(2), Capacity.UNLIMITED);
    private final Standing standing =
            Rosters.telling(told::add, provider).standing(List.of(Rosters.target(provider, "m")));
    private long nowNanos;

    @Test
    void aTargetThatIsWell_isNotSpokenOf() {
        for (int i = 0; i < 50; i++) {
            attempt(Sign.Plain.SUCCEEDED);
        }

        assertThat(told).isEmpty();
    }

    @Test
    void theWayOfABreaker_isToldStepByStep() {
        fail(5);
        pass(10);
        attempt(Sign.Plain.FAILED);
        pass(20);
        attempt(Sign.Plain.SUCCEEDED);

        assertThat(told)
                .containsExactly(
                        new BreakerMoved("p/m", Breaker.OPEN, Span.ofSeconds(10)),
                        new BreakerMoved("p/m", Breaker.HALF_OPEN, null),
                        new BreakerMoved("p/m", Breaker.OPEN, Span.ofSeconds(20)),
                        new BreakerMoved("p/m", Breaker.HALF_OPEN, null),
                        new BreakerMoved("p/m", Breaker.CLOSED, null));
    }

    @Test
    void failuresWhileItIsOpen_areNotToldAgain() {
        List<Permit> underWay = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            underWay.add(ask());
        }

        underWay.forEach(permit -> end(permit, Sign.Plain.FAILED));

        assertThat(told).hasSize(1);
    }

    @Test
    void aKeyThatIsRefused_isToldByItsPlaceAndNeverByItsValue() {
        attempt(new Sign.KeyRefused());

        assertThat(told).containsExactly(new KeyRests("p", 1, true, Span.ofSeconds(60)));
    }

    @Test
    void aKeyWhoseRateIsLimited_isToldWithItsRest() {
        attempt(new Sign.KeyLimited(Span.ofSeconds(42).nanos()));

        assertThat(told).containsExactly(new KeyRests("p", 1, false, Span.ofSeconds(42)));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            attempt(Sign.Plain.FAILED);
        }
    }

    private void attempt(Sign sign) {
        end(ask(), sign);
    }

    private Permit ask() {
        Standing.Admission admission = standing.ask(0, Purpose.FIRST, nowNanos);
        assertThat(admission).isInstanceOf(Granted.class);
        return ((Granted) admission).permit();
    }

    private void end(Permit permit, Sign sign) {
        permit.report(sign, nowNanos);
        permit.release(nowNanos);
    }

    private void pass(long seconds) {
        nowNanos += Span.ofSeconds(seconds).nanos();
    }
}
