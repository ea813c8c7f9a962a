package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.event.ToolEvent;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.ToolSettings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;

/// Random schedules on the whole runtime in virtual time, each of which follows from its seed.
class ScheduleTest {

    private static final int SEEDS = 10_000;

    /// Bodies are given up in them by the thousand, and each would leave a warning.
    private static final Logger LOG = Logger.getLogger("dev.ebbgate.tools");

    @BeforeAll
    static void beQuiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        LOG.setLevel(null);
    }

    @Test
    @DisplayName("laws 1, 2, 3, 10 and 14: whatever happens, the promises hold, and it replays")
    void anySchedule_keepsThePromisesAndReplays() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        LongStream.range(0, SEEDS).parallel().forEach(seed -> check(seed, seen));

        assertThat(seen)
                .contains("completed", "failed", "cancelled: caller", "cancelled: parent")
                .contains("timed out: queue", "timed out: idle", "timed out: total")
                .contains("rejected: queue full");
    }

    private static void check(long seed, Set<String> seen) {
        World world = played(seed);

        assertPromises(seed, world);
        assertThat(played(seed).events).as("seed %d", seed).isEqualTo(world.events);
        world.events.stream()
                .filter(ToolEvent.Settled.class::isInstance)
                .forEach(event -> seen.add(((ToolEvent.Settled) event).decision().text()));
    }

    private static World played(long seed) {
        World world = new World(seed);
        int left = world.playOn(runtime -> story(runtime, new Random(seed)));
        assertThat(left).as("seed %d: threads that wait for ever", seed).isZero();
        return world;
    }

    private static void story(ToolRuntime runtime, Random random) throws InterruptedException {
        List<ToolCall<String>> calls = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            calls.add(runtime.start(tool(random, 2), "", ToolOptions.DEFAULT));
            if (random.nextInt(4) == 0) {
                calls.get(random.nextInt(calls.size())).cancel(CancelReason.CALLER);
            }
            if (random.nextBoolean()) {
                runtime.clock().park(runtime.clock().nanoTime() + random.nextInt(3) * 500_000_000L);
            }
        }
        for (ToolCall<String> call : calls) {
            boolean _ = call.awaitTerminated(Duration.ofMinutes(10));
        }
    }

    private static Tool<String, String> tool(Random random, int depth) {
        ToolSettings settings =
                ToolSettings.of(
                                ToolLimits.of(seconds(1 + random.nextInt(4)))
                                        .withIdle(seconds(1 + random.nextInt(2)))
                                        .withQueue(seconds(1))
                                        .withGrace(seconds(1)))
                        .withCapacity(Capacity.of(2, 1))
                        .withRetry(RetryPolicy.of(1 + random.nextInt(3)));
        return Tool.of("t" + random.nextInt(2) + depth, settings, body(random, depth));
    }

    private static Tool.Body<String, String> body(Random random, int depth) {
        List<Integer> steps = random.ints(1 + random.nextInt(4), 0, 7).boxed().toList();
        Tool<String, String> child = depth == 0 ? null : tool(random, depth - 1);
        return (_, ctx) -> {
            ctx.onCleanup("c", () -> {});
            for (int step : steps) {
                step(step, child, ctx);
            }
            return "done";
        };
    }

    private static void step(int step, @Nullable Tool<String, String> child, ToolContext ctx)
            throws InterruptedException {
        switch (step) {
            case 0, 1 -> ctx.sleep(seconds(1));
            case 2 -> ctx.heartbeat();
            case 3 -> ctx.emit("part");
            case 4 -> World.ignore(Duration.ofMillis(1500));
            case 5 -> failAtFirst(ctx);
            default -> {
                if (child != null) {
                    Outcome<String> _ = ctx.child(child, "", ToolOptions.DEFAULT);
                }
            }
        }
    }

    private static void failAtFirst(ToolContext ctx) {
        if (ctx.attempt() == 1) {
            throw new IllegalStateException();
        }
    }

    private static void assertPromises(long seed, World world) {
        Set<Long> open = new HashSet<>();
        Set<Long> settled = new HashSet<>();
        Set<Long> over = new HashSet<>();
        for (ToolEvent event : world.events) {
            long run = event.run().number();
            String at = "seed " + seed + " run " + run + " at " + event;
            assertThat(over).as(at).doesNotContain(run);
            switch (event) {
                case ToolEvent.Invoked _ -> assertThat(open.add(run)).as(at).isTrue();
                case ToolEvent.Settled _ -> assertThat(settled.add(run)).as(at).isTrue();
                case ToolEvent.Partial _ -> assertThat(settled).as(at).doesNotContain(run);
                case ToolEvent.Terminated _ -> over.add(run);
                default -> assertThat(open).as(at).contains(run);
            }
        }
        assertThat(settled).as("seed %d", seed).isEqualTo(open);
        assertThat(over).as("seed %d", seed).isEqualTo(open);
        assertThat(world.runtime.load())
                .as("seed %d", seed)
                .isEqualTo(new ToolRuntime.Load(0, 0, 0, 0, 0, 0));
    }

    private static Duration seconds(long count) {
        return Duration.ofSeconds(count);
    }
}
