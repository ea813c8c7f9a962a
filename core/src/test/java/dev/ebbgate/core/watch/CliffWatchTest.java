package dev.ebbgate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.CliffNear;
import dev.ebbgate.core.event.Event.CliffQuiet;
import dev.ebbgate.core.event.Event.Sign;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/// When the slowest calls of a route are said to be near its cliff, and when not: in virtual
/// minutes.
class CliffWatchTest {

    private final CliffWatch watch = new CliffWatch("coder", Span.ofSeconds(660));
    private final List<Event> told = new ArrayList<>();
    private long minute = -7;

    @Test
    void callsFarFromTheCliff_areNotSpokenOf() {
        minutes(600, _ -> 40, 5);

        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("C4 a call that comes near the cliff is told although it answered 200")
    void oneSlowCall_isToldOnce() {
        minutes(30, _ -> 20, 5);
        minutes(1, _ -> 74, 1);
        minutes(30, _ -> 20, 5);

        assertThat(told).hasSize(1);
        CliffNear near = (CliffNear) told.getFirst();
        assertThat(near.why()).isEqualTo(Sign.MAX);
        assertThat(near.tail())
                .isEqualTo(new Event.Tail("coder", Span.ofSeconds(660), 151, 20, 74, null));
    }

    @Test
    void aSlowCall_isForgottenAfterItsHourAndACalmQuarter() {
        minutes(1, _ -> 74, 1);
        minutes(59 + CliffWatch.CALM_MINUTES - 1, _ -> 20, 5);
        assertThat(told).hasSize(1);

        minutes(1, _ -> 20, 5);

        assertThat(told.getLast()).isInstanceOf(CliffQuiet.class);
    }

    @Test
    void aTailThatIsThere_isGraverThanOneCallAndToldOnceMore() {
        minutes(60, _ -> 20, 10);
        minutes(1, _ -> 80, 1);
        minutes(30, _ -> 80, 1);

        assertThat(told).hasSize(2);
        assertThat(((CliffNear) told.getLast()).why()).isEqualTo(Sign.P99);
    }

    @Test
    @DisplayName("C4 latency that grows is told before it is near")
    void aTailThatGrows_isToldBeforeItIsNear() {
        minutes(60, _ -> 30, 5);
        minutes(25, at -> 30 + at, 5);

        assertThat(told).hasSize(1);
        CliffNear near = (CliffNear) told.getFirst();
        assertThat(near.why()).isEqualTo(Sign.TREND);
        assertThat(near.tail().maxPercent()).isLessThan(CliffWatch.NEAR);
        Span crossesIn = Objects.requireNonNull(near.tail().crossesIn());
        assertThat(crossesIn.millis()).isBetween(600_000L, 3_600_000L);
    }

    @Test
    void aTailThatGrowsTooSlowlyToBeThereWithinTheHour_isNotSpokenOf() {
        minutes(240, at -> 30 + at / 10, 5);

        assertThat(told).isEmpty();
    }

    @Test
    void growthFarBelowTheCliff_isNotSpokenOf() {
        minutes(60, _ -> 2, 5);
        minutes(25, at -> 2 + at, 5);

        assertThat(told).isEmpty();
    }

    @Test
    void aFewWildMinutes_areNoTrend() {
        minutes(60, at -> at % 5 == 4 ? 60 : 30, 5);

        assertThat(told).isEmpty();
    }

    @Test
    void aRouteThatIsNoLongerAsked_isQuietAfterItsHour() {
        minutes(3, _ -> 90, 5);
        minutes(120, _ -> 0, 0);

        assertThat(told).hasSize(2);
        assertThat(told.getLast()).isInstanceOf(CliffQuiet.class);
    }

    @Test
    void figuresThatSwingAboutTheLine_areToldOnce() {
        minutes(2_000, at -> at % 2 == 0 ? 69 : 71, 5);

        assertThat(told).hasSize(1);
    }

    @Test
    void afterItWasQuiet_theNextTimeIsToldAgain() {
        for (int day = 0; day < 3; day++) {
            minutes(5, _ -> 90, 5);
            minutes(100, _ -> 10, 5);
        }

        assertThat(told).hasSize(6);
    }

    /// Ten thousand hours of calls whose times follow the long-tailed law of real ones, with a
    /// level that wanders: what is told must alternate, and rarely.
    @Test
    void aWanderingTail_isToldSeldomAndInTurn() {
        for (int seed = 0; seed < 50; seed++) {
            CliffWatch walker = new CliffWatch("r", null);
            Random random = new Random(seed);
            double level = Math.log(12);
            boolean near = false;
            int events = 0;
            int worst = 0;
            for (int at = 0; at < 12_000; at++) {
                level = Math.clamp(level + 0.02 * random.nextGaussian(), Math.log(3), Math.log(45));
                for (int call = 0; call < 5; call++) {
                    walker.add(at, (int) Math.exp(level + 0.5 * random.nextGaussian()));
                }
                Event event = walker.minute(at);
                worst = event == null ? worst : worst + 1;
                if (event instanceof CliffQuiet) {
                    assertThat(near).as("seed %d: quiet comes after near", seed).isTrue();
                    near = false;
                    events++;
                } else if (event instanceof CliffNear) {
                    near = true;
                }
            }
            // Near, two graver signs at most, and quiet: no way back in less than its hour.
            assertThat(events).as("seed %d", seed).isLessThanOrEqualTo(12_000 / 75);
            assertThat(worst).as("seed %d", seed).isLessThanOrEqualTo(4 * (events + 1));
        }
    }

    private void minutes(int count, IntUnaryOperator percent, int calls) {
        for (int i = 0; i < count; i++) {
            for (int call = 0; call < calls; call++) {
                watch.add(minute, percent.applyAsInt(i));
            }
            Event event = watch.minute(minute++);
            if (event != null) {
                told.add(event);
            }
        }
    }
}
