package dev.ebbgate.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.health.Sign.Plain;
import dev.ebbgate.core.health.Standing.Admission;
import dev.ebbgate.core.health.Standing.Cooling;
import dev.ebbgate.core.health.Standing.Full;
import dev.ebbgate.core.health.Standing.Granted;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.health.Standing.Spent;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Random wishes, signs, late and repeated reports at random moments, many thousand times; whatever
/// happens, no place is lost and none is given twice.
class HealthWalkTest {

    private static final int WALKS = 100;
    private static final int STEPS = 400;
    private static final int PLACES = 3;
    private static final int KEYS = 3;
    private static final List<Purpose> PURPOSES = List.of(Purpose.values());

    private final Provider narrow = Rosters.provider("narrow", Rosters.keys(KEYS), PLACES);
    private final Provider wide = Rosters.provider("wide");
    private final List<Target> targets =
            List.of(
                    Rosters.target(narrow, "a"),
                    Rosters.target(narrow, "b"),
                    Rosters.target(wide, "c"));

    private record Held(int target, Permit permit) {}

    private final List<Held> held = new ArrayList<>();
    private final List<Held> over = new ArrayList<>();
    private final List<Ticket> waiting = new ArrayList<>();
    private final Set<Held> probes = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private Random random = new Random(0);
    private Roster roster = Rosters.of(narrow, wide);
    private Standing standing = roster.standing(targets);
    private long nowNanos;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyHistory_losesNoPlaceAndGivesNoneTwice(long seed) {
        random = new Random(seed);
        for (int walk = 0; walk < WALKS; walk++) {
            walk();
            giveEverythingBack();
            assertNothingIsLost();
        }
    }

    /// The walk would show nothing if it never got anywhere.
    @Test
    void walks_meetEveryAnswerAndEveryKindOfAttempt() {
        random = new Random(4);
        for (int walk = 0; walk < WALKS; walk++) {
            walk();
        }

        assertThat(seen)
                .contains("Granted", "Cooling", "Spent", "Full", "claimed", "key 1", "key 2")
                .contains("ORDINARY", "PROBE", "LAST_RESORT");
    }

    private void walk() {
        held.clear();
        over.clear();
        waiting.clear();
        probes.clear();
        nowNanos = random.nextLong();
        roster = Rosters.of(narrow, wide);
        standing = roster.standing(targets);
        for (int step = 0; step < STEPS; step++) {
            nowNanos += random.nextLong(Span.ofSeconds(random.nextInt(30) == 0 ? 60 : 1).nanos());
            anyStep();
            assertWithinBounds();
        }
    }

    private void anyStep() {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> ask();
            case 3, 4, 5 -> held.stream().skip(anyOf(held)).findFirst().ifPresent(this::sign);
            case 6, 7 -> held.stream().skip(anyOf(held)).findFirst().ifPresent(this::release);
            case 8 -> over.stream().skip(anyOf(over)).findFirst().ifPresent(this::late);
            default -> waiting.stream().skip(anyOf(waiting)).findFirst().ifPresent(this::claim);
        }
    }

    private int anyOf(List<?> list) {
        return list.isEmpty() ? 0 : random.nextInt(list.size());
    }

    private void ask() {
        int target = random.nextInt(targets.size());
        Purpose purpose = PURPOSES.get(random.nextInt(PURPOSES.size()));
        take(target, standing.ask(target, purpose, nowNanos));
    }

    private void take(int target, Admission admission) {
        seen.add(admission.getClass().getSimpleName());
        switch (admission) {
            case Granted(Permit permit) -> begin(new Held(target, permit));
            case Full(Ticket ticket) -> waiting.add(ticket);
            case Cooling(long untilNanos) -> assertThat(untilNanos - nowNanos).isPositive();
            case Spent _ -> {}
        }
    }

    private void begin(Held begun) {
        Leave.Kind kind = ((Grant) begun.permit).leave().kind();
        assertThat(begun.permit.key()).isBetween(0, KEYS - 1);
        seen.add("key " + begun.permit.key());
        seen.add(kind.toString());
        held.add(begun);
        if (kind == Leave.Kind.PROBE) {
            assertThat(probes.stream().noneMatch(probe -> probe.target == begun.target))
                    .as("one probe at a time")
                    .isTrue();
            probes.add(begun);
        }
    }

    private void sign(Held one) {
        one.permit.report(anySign(), nowNanos);
        probes.remove(one);
    }

    private Sign anySign() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3, 4, 5 -> Plain.FAILED;
            case 6, 7 -> Plain.SUCCEEDED;
            case 8 -> Plain.NEITHER;
            case 9, 10 -> new Sign.KeyRefused();
            default -> new Sign.KeyLimited(nowNanos + random.nextLong(Span.ofSeconds(90).nanos()));
        };
    }

    private void release(Held one) {
        one.permit.release(nowNanos);
        held.remove(one);
        probes.remove(one);
        over.add(one);
    }

    private void late(Held one) {
        one.permit.report(anySign(), nowNanos);
        one.permit.release(nowNanos);
    }

    private void claim(Ticket ticket) {
        if (random.nextInt(4) == 0) {
            ticket.cancel(nowNanos);
            waiting.remove(ticket);
            return;
        }
        Admission admission = ticket.claim(nowNanos);
        if (admission instanceof Full) {
            return;
        }
        seen.add("claimed");
        waiting.remove(ticket);
        // Which target it was for does not matter here, but that it is counted with its provider.
        if (admission instanceof Granted(Permit permit)) {
            held.add(new Held(0, permit));
        }
    }

    private void assertWithinBounds() {
        long atNarrow = held.stream().filter(one -> one.target < 2).count();
        assertThat(atNarrow).as("max-in-flight").isLessThanOrEqualTo(PLACES);
        assertThat(roster.bulletins(nowNanos).mapToInt(Bulletin::inFlight).sum())
                .isEqualTo(held.size());
    }

    private void giveEverythingBack() {
        List.copyOf(held).forEach(this::release);
        waiting.forEach(ticket -> ticket.cancel(nowNanos));
        nowNanos += Span.ofSeconds(301).nanos();
    }

    private void assertNothingIsLost() {
        assertThat(roster.bulletins(nowNanos))
                .allSatisfy(b -> assertThat(b.inFlight()).isZero())
                .allSatisfy(b -> assertThat(b.waiting()).isZero());
        for (int target = 0; target < targets.size(); target++) {
            Admission admission = standing.ask(target, Purpose.FIRST, nowNanos);
            assertThat(admission).as("target %d again", target).isInstanceOf(Granted.class);
            ((Granted) admission).permit().report(Plain.SUCCEEDED, nowNanos);
        }
        assertThat(standing.ask(0, Purpose.FIRST, nowNanos)).isInstanceOf(Granted.class);
        assertThat(standing.ask(0, Purpose.FIRST, nowNanos))
                .as("not more places than before either")
                .isInstanceOf(Full.class);
    }
}
