package dev.ebbgate.sim.play;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ProcessorSharingTest {

    private final ProcessorSharing machine = new ProcessorSharing();

    @Test
    void jobAlone_takesItsOwnTime() {
        machine.join(100, 1_000, () -> {});

        assertThat(machine.nextNanos()).isEqualTo(100);
        assertThat(machine.done(1_098)).isEmpty();
        assertThat(machine.done(1_100)).hasSize(1);
        assertThat(machine.nextNanos()).isEqualTo(ProcessorSharing.NEVER);
    }

    @Test
    void twoJobsAtOnce_takeTwiceTheTime() {
        machine.join(100, 0, () -> {});
        machine.join(100, 0, () -> {});

        assertThat(machine.nextNanos()).isEqualTo(200);
        assertThat(machine.done(200)).hasSize(2);
    }

    @Test
    void jobThatComesLater_slowsTheFirstFromThenOn() {
        List<String> order = new ArrayList<>();
        machine.join(100, 0, () -> order.add("first"));
        machine.join(100, 50, () -> order.add("second"));

        // 50 left for the first at half the rate: 100 more.
        assertThat(machine.nextNanos()).isEqualTo(100);
        machine.done(150).forEach(job -> job.whenDone().run());
        assertThat(order).containsExactly("first");
        assertThat(machine.nextNanos()).isEqualTo(50);
    }

    @Test
    void jobThatLeaves_givesItsShareBack() {
        machine.join(100, 0, () -> {});
        ProcessorSharing.Job leaving = machine.join(1_000, 0, () -> {});

        machine.leave(leaving, 100);

        assertThat(machine.nextNanos()).isEqualTo(50);
    }
}
