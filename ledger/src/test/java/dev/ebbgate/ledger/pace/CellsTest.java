package dev.ebbgate.ledger.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.ledger.Made;
import dev.ebbgate.ledger.pack.Recorded;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class CellsTest {

    private final Cells cells = new Cells();

    private record Part(Place place, int part) {}

    private Map<Part, Cell> changed() {
        Map<Part, Cell> changed = new HashMap<>();
        cells.changed((place, part, body) -> changed.put(new Part(place, part), Cell.read(body)));
        return changed;
    }

    private Cell at(Grain grain, @Nullable String target) {
        Place place = new Place(grain, Made.NOON, "coder", target, "agents");
        Cell cell = changed().get(new Part(place, 0));
        assertThat(cell).as(changed().keySet().toString()).isNotNull();
        return cell == null ? new Cell() : cell;
    }

    private void add(Entry entry) {
        cells.add(Recorded.of(entry));
    }

    private static Entry failedOver() {
        Outcome hung = Made.timedOut(Limit.FIRST_TOKEN, 3_000);
        return Made.exchange(
                Made.NOON + 9_000,
                "coder",
                null,
                Made.GOOD,
                Made.tried("slow/m", hung, 0, 3_001),
                Made.tried("spare/m", Made.GOOD, 3_001, 5_001));
    }

    @Test
    void waitInVainForAPlace_isNoAttemptAtTheProvider() {
        Entry.Tried waited =
                new Entry.Tried(
                        "slow/m",
                        Made.BROKEN,
                        Phase.QUEUE,
                        Made.tried("slow/m", Made.BROKEN, 0, 400).waits(),
                        Entry.Answered.NOTHING);
        add(
                Made.exchange(
                        Made.NOON + 2_000,
                        "coder",
                        null,
                        Made.GOOD,
                        waited,
                        Made.tried("spare/m", Made.GOOD, 400, 1_400)));

        assertThat(at(Grain.MINUTE, null).count()).isEqualTo(1);
        assertThat(at(Grain.MINUTE, "spare/m").count()).isEqualTo(1);
        assertThat(changed().keySet())
                .extracting(part -> part.place().target())
                .doesNotContain("slow/m");
    }

    @Test
    void exchangeAndEachAttempt_areCountedByTheMinuteAndTheHour() {
        add(failedOver());

        for (Grain grain : Grain.values()) {
            assertThat(at(grain, null).count()).isEqualTo(1);
            assertThat(at(grain, null).completed()).isEqualTo(1);
            assertThat(at(grain, null).failedOver()).isEqualTo(1);
            assertThat(at(grain, null).total().max()).isEqualTo(new Measured(5_001, false));
            assertThat(at(grain, null).firstToken().max().millis()).isEqualTo(4_001);
            assertThat(at(grain, "slow/m").completed()).isZero();
            assertThat(at(grain, "slow/m").failedOver()).isEqualTo(1);
            assertThat(at(grain, "slow/m").total().max()).isEqualTo(new Measured(3_001, true));
            assertThat(at(grain, "slow/m").firstToken().max().isAtLeast()).isTrue();
            assertThat(at(grain, "spare/m").failedOver()).isZero();
            assertThat(at(grain, "spare/m").firstToken().max())
                    .isEqualTo(new Measured(1_000, false));
        }
    }

    @Test
    void brokenAttempt_isCountedButWaitedForNoToken() {
        add(
                Made.exchange(
                        Made.NOON,
                        "coder",
                        null,
                        Made.BROKEN,
                        Made.tried("a/m", Made.BROKEN, 0, 70)));

        Cell cell = at(Grain.MINUTE, "a/m");
        assertThat(cell.count()).isEqualTo(1);
        assertThat(cell.total().max()).isEqualTo(new Measured(70, false));
        assertThat(cell.firstToken().count()).isZero();
    }

    @Test
    void hang_isCountedToTheMillisecondAtTheUsualMark() {
        add(Made.good(Made.NOON, "a/m", 119_999));
        add(Made.good(Made.NOON, "a/m", 120_000));

        assertThat(at(Grain.MINUTE, "a/m").atLeast(Cell.HANG_MILLIS)).isEqualTo(1);
        assertThat(at(Grain.MINUTE, "a/m").atLeast(60_000)).isEqualTo(2);
    }

    @Test
    void whatIsSettled_isNotHandedOutAgain() {
        add(failedOver());
        cells.settled(Made.NOON + 10_000);

        assertThat(changed()).isEmpty();
    }

    @Test
    void entryThatComesLate_isAPartOfItsOwn() {
        add(Made.good(Made.NOON, "a/m", 10));
        cells.settled(Made.NOON + 10 * Grain.HOUR.millis());
        add(Made.good(Made.NOON, "a/m", 10));

        Place place = new Place(Grain.MINUTE, Made.NOON, "coder", "a/m", "agents");
        Cell late = changed().get(new Part(place, 1));
        assertThat(late).isNotNull();
        assertThat(changed()).doesNotContainKey(new Part(place, 0));
    }

    @Test
    void namesWithoutEnd_areCountedTogetherAboveABound() {
        for (int i = 0; i < 10_000; i++) {
            add(Made.good(Made.NOON, "a/made-up-" + i, 10));
        }

        Map<Part, Cell> changed = changed();
        assertThat(changed).hasSizeBetween(Cells.MOST, 2 * Cells.MOST + 4);
        long attempts =
                changed.entrySet().stream()
                        .filter(cell -> cell.getKey().place().target() != null)
                        .filter(cell -> cell.getKey().place().grain() == Grain.MINUTE)
                        .mapToLong(cell -> cell.getValue().count())
                        .sum();
        assertThat(attempts).isEqualTo(10_000);
    }
}
