package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.testing.VirtualTime;
import dev.ebbgate.tools.time.TimeSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A runtime in virtual time, with everything it told.
final class World {

    /// What happens in it.
    interface Story {
        void happen(ToolRuntime runtime) throws Exception;
    }

    final VirtualTime time;
    final List<ToolEvent> events = Collections.synchronizedList(new ArrayList<>());
    final ToolRuntime runtime;

    World(long seed) {
        time = new VirtualTime(seed);
        runtime = ToolRuntime.builder().time(time).listener(events::add).chance(() -> 1).build();
    }

    /// Plays it, and holds that nothing is left over.
    static World play(Story story) {
        World world = new World(1);
        int left = world.playOn(story);
        assertThat(left).as("threads that wait for ever").isZero();
        assertThat(world.runtime.load())
                .as("nothing is left over")
                .isEqualTo(new ToolRuntime.Load(0, 0, 0, 0, 0, 0));
        return world;
    }

    int playOn(Story story) {
        return time.play(() -> story.happen(runtime));
    }

    /// Waits that long within a body, whatever comes.
    static void ignore(Duration span) {
        TimeSource clock = Body.CURRENT.get().owner().time();
        long until = Deadline.plus(clock.nanoTime(), span.toNanos());
        while (!Deadline.due(until, clock.nanoTime())) {
            clock.park(until);
            boolean _ = Thread.interrupted();
        }
    }

    /// Waits within a body for the interrupt.
    static String awaitInterrupt() throws InterruptedException {
        while (!Thread.interrupted()) {
            Body.CURRENT.get().owner().time().park(Deadline.NEVER);
        }
        throw new InterruptedException();
    }

    /// How the runs of that tool came out, in order.
    List<Decision> settled(String tool) {
        return events.stream()
                .filter(event -> event.run().tool().equals(tool))
                .filter(ToolEvent.Settled.class::isInstance)
                .map(event -> ((ToolEvent.Settled) event).decision())
                .toList();
    }

    /// The kinds of events told, in order.
    List<String> kinds() {
        return events.stream().map(event -> event.getClass().getSimpleName()).toList();
    }
}
