package dev.ebbgate.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;

import org.junit.jupiter.api.Test;

import java.util.Objects;

/// When it is told what an outlet lost.
class LossesTest {

    private static final String WHAT = "events for stdout";
    private static final long SECOND = 1_000_000_000L;

    private final Losses losses = new Losses("stdout");

    @Test
    void others_areToldAtOnce_andThenOnceAMinuteWithTheSumSince() {
        losses.add(Samples.TRUNCATED, "the disk is full");

        assertThat(losses.due(0)).isEqualTo(new Event.Lost(WHAT, 1, "the disk is full"));
        assertThat(losses.due(0)).isNull();
        losses.add(Samples.TRUNCATED, "the disk is full");
        losses.add(Samples.REFUSED, "it is gone");
        assertThat(losses.due(59 * SECOND)).isNull();
        assertThat(losses.due(60 * SECOND)).isEqualTo(new Event.Lost(WHAT, 2, "it is gone"));
        assertThat(losses.due(120 * SECOND)).as("nothing since").isNull();
    }

    @Test
    void theOutletItself_isToldTheSum_whateverOthersHaveBeenTold() {
        losses.add(Samples.TRUNCATED, "it is gone");
        losses.due(0);
        losses.add(4, "it is gone");

        Event.Lost told = Objects.requireNonNull(losses.owed());

        assertThat(told).isEqualTo(new Event.Lost(WHAT, 5, "it is gone"));
        assertThat(losses.owed()).isNull();
        losses.add(told, "it is gone");
        assertThat(losses.owed()).as("that was lost as well").isEqualTo(lost(6));
        losses.owe(6);
        assertThat(losses.owed()).as("there was no room for it").isEqualTo(lost(6));
    }

    private static Event.Lost lost(long count) {
        return new Event.Lost(WHAT, count, "it is gone");
    }

    @Test
    void lossOfWhatTellsOfLosses_isToldWithTheNextOne_notByItself() {
        Event.Lost others = new Losses("the webhook").add(1, "it is gone");
        losses.add(others, "it is gone");

        assertThat(losses.due(0)).isNull();
        losses.add(Samples.TRUNCATED, "it is gone");
        assertThat(losses.due(0)).isEqualTo(lost(2));
    }

    @Test
    void lossOfWhatTheLedgerLost_isToldByItself() {
        losses.add(new Event.Lost("entries of the ledger", 9, "the disk is full"), "it is gone");

        assertThat(losses.due(0)).isEqualTo(lost(1));
    }
}
