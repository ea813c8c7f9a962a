package dev.ebbgate.core.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.RunEvent.Cleaned;
import dev.ebbgate.core.tool.RunEvent.Ended;
import dev.ebbgate.core.tool.RunEvent.Ending;
import dev.ebbgate.core.tool.RunEvent.Plain;
import dev.ebbgate.core.tool.RunEvent.Refused;
import dev.ebbgate.core.tool.RunEvent.Shielded;
import dev.ebbgate.core.tool.RunEvent.Unwanted;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Random schedules, each of which follows from its seed; whatever happens, the promises hold.
class ToolRunWalkTest {

    private static final int SEEDS = 10_000;
    private static final int STEPS = 60;

    @Test
    void anySchedule_keepsThePromises() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Walk walk = new Walk(seed);

            walk.play();

            walk.assertPromises();
        }
    }

    @Test
    @DisplayName("law 14: the same seed gives an identical log")
    void sameSeed_givesTheSameLog() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Walk first = new Walk(seed);
            Walk again = new Walk(seed);

            first.play();
            again.play();

            assertThat(again.log).as("seed %d", seed).isEqualTo(first.log);
        }
    }

    /// The walk would show nothing if it never got anywhere.
    @Test
    void walks_reachEveryKindOfEnd() {
        Set<String> seen = new HashSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            Walk walk = new Walk(seed);
            walk.play();
            walk.run.chain().stream().limit(1).map(Decision::text).forEach(seen::add);
            walk.commands.forEach(command -> seen.add(command.getClass().getSimpleName()));
            seen.add("attempts " + walk.run.attempts());
            seen.add(walk.run.effects().name());
        }

        assertThat(seen)
                .contains("completed", "failed", "cancelled: caller", "rejected: rate")
                .contains("timed out: queue", "timed out: first-signal", "timed out: idle")
                .contains("timed out: attempt", "timed out: total")
                .contains("Force", "Abandon", "Hurry", "AbandonCleanup")
                .contains("attempts 1", "attempts 2", "attempts 3")
                .contains("NONE", "DONE", "STOPPED", "UNKNOWN_STILL_RUNNING");
    }

    @Test
    @DisplayName("S12: finished exactly at the limit, one outcome each of 1,000,000 times")
    void finishedExactlyAtTheLimit_hasOneOutcome() {
        Random random = new Random(7);
        RunPolicy policy = VirtualRun.policy(ToolLimits.DEFAULT, RetryPolicy.NONE, false);
        int completed = 0;
        int timedOut = 0;
        for (int i = 0; i < 1_000_000; i++) {
            long start = random.nextLong();
            ToolRun run = new ToolRun(policy, () -> 0, start);
            run.on(Plain.TURN, start);
            long end = run.deadlineNanos();
            boolean bodyFirst = random.nextBoolean();
            RunEvent ended = new Ended(1, Ending.RETURNED);
            int settled =
                    settled(run.on(bodyFirst ? ended : Plain.WOKEN, end))
                            + settled(run.on(bodyFirst ? Plain.WOKEN : ended, end));
            if (settled != 1 || run.decision() instanceof Decision.Completed != bodyFirst) {
                throw new AssertionError("turn " + i + ": " + settled + " " + run.chain());
            }
            completed += bodyFirst ? 1 : 0;
            timedOut += bodyFirst ? 0 : 1;
        }

        assertThat(completed + timedOut).isEqualTo(1_000_000);
        assertThat(completed).isBetween(400_000, 600_000);
    }

    private static int settled(List<RunCommand> commands) {
        return (int) commands.stream().filter(RunCommand.Settle.class::isInstance).count();
    }

    /// One schedule.
    private static final class Walk {
        private final Random random;
        private final long seed;
        private final RunPolicy policy;
        private final ToolRun run;
        private final List<RunCommand> commands = new ArrayList<>();
        private final List<String> log = new ArrayList<>();
        private final Set<Integer> alive = new HashSet<>();
        private final Set<Integer> cleaning = new HashSet<>();
        private long nowNanos;

        private Walk(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.policy = anyPolicy();
            this.nowNanos = random.nextLong();
            this.run = new ToolRun(policy, random::nextDouble, nowNanos);
        }

        private RunPolicy anyPolicy() {
            ToolLimits limits = ToolLimits.DEFAULT;
            for (ToolLimit limit : ToolLimit.values()) {
                Span span = Span.ofMillis(1 + random.nextInt(20_000));
                boolean off = limit != ToolLimit.GRACE && random.nextInt(3) == 0;
                limits = limits.with(limit, off ? Span.OFF : span);
            }
            CancelMode[] modes = CancelMode.values();
            return new RunPolicy(
                    limits,
                    "t",
                    "t",
                    modes[random.nextInt(modes.length)],
                    RetryPolicy.of(1 + random.nextInt(3)),
                    random.nextBoolean() ? 1 : 0.5,
                    random.nextBoolean());
        }

        private void play() {
            if (random.nextInt(20) > 0) {
                tell(random.nextInt(20) == 0 ? new Refused(RejectReason.RATE) : Plain.TURN);
            }
            for (int step = 0; step < STEPS; step++) {
                Decision before = run.decision();
                long wakeAt = run.wakeAtNanos();
                if (wakeAt != Deadline.NEVER && random.nextInt(3) == 0) {
                    nowNanos = wakeAt - nowNanos > 0 ? wakeAt : nowNanos;
                    tell(Plain.WOKEN);
                    assertThat(Deadline.due(run.wakeAtNanos(), nowNanos))
                            .as("seed %d asks to be woken again at once", seed)
                            .isFalse();
                } else {
                    nowNanos += random.nextInt(2_000_000_000);
                    anyEvent();
                }
                if (before != null) {
                    assertThat(run.decision()).as("seed %d: decided once", seed).isEqualTo(before);
                }
            }
        }

        private void anyEvent() {
            int attempt = 1 + random.nextInt(Math.max(1, run.attempts()));
            switch (random.nextInt(24)) {
                case 0, 1 -> end(attempt, Ending.FAILED);
                case 2 -> end(attempt, Ending.RETURNED);
                case 3 -> end(attempt, Ending.FAILED_FOR_GOOD);
                case 4, 5, 6 -> cleaned(attempt);
                case 7 -> unwanted();
                case 8 -> tell(Plain.SUSPENDED);
                case 9, 10 -> tell(Plain.RESUMED);
                case 11 -> tell(new Shielded(nowNanos + random.nextInt(2_000_000_000)));
                case 12 -> tell(Plain.UNSHIELDED);
                case 13 -> tell(Plain.TURN);
                default -> run.signal(nowNanos);
            }
        }

        private void unwanted() {
            if (random.nextInt(8) == 0) {
                tell(new Unwanted(CancelReason.CALLER));
            }
        }

        private void end(int attempt, Ending ending) {
            if (alive.remove(attempt)) {
                tell(new Ended(attempt, ending));
            }
        }

        private void cleaned(int attempt) {
            if (cleaning.remove(attempt)) {
                tell(new Cleaned(attempt));
            }
        }

        private void tell(RunEvent event) {
            log.add(nowNanos + " " + event);
            for (RunCommand command : run.on(event, nowNanos)) {
                commands.add(command);
                log.add(nowNanos + " " + command);
                if (command instanceof RunCommand.Start(int attempt)) {
                    assertMayStart(attempt);
                    alive.add(attempt);
                } else if (command instanceof RunCommand.Clean(int attempt)) {
                    cleaning.add(attempt);
                } else if (command instanceof RunCommand.Settle(Decision.TimedOut(var fired))) {
                    assertThat(fired.elapsedNanos())
                            .as("seed %d: never early", seed)
                            .isGreaterThanOrEqualTo(fired.value().nanos());
                }
            }
        }

        private void assertMayStart(int attempt) {
            assertThat(run.isDecided()).as("seed %d: no attempt after the end", seed).isFalse();
            assertThat(attempt).isLessThanOrEqualTo(policy.retry().attempts());
            if (!policy.idempotent()) {
                assertThat(alive).as("seed %d: no attempt beside another", seed).isEmpty();
            }
        }

        private void assertPromises() {
            assertThat(settled(commands))
                    .as("seed %d: one outcome", seed)
                    .isEqualTo(run.isDecided() ? 1 : 0);
            boolean over = run.state() instanceof RunState.Over;
            assertThat(commands.stream().filter(c -> c == RunCommand.Plain.TERMINATE).count())
                    .as("seed %d: one end", seed)
                    .isEqualTo(over ? 1 : 0);
            boolean free = run.isDecided() && alive.isEmpty() && cleaning.isEmpty();
            assertThat(over).as("seed %d: over when all has ended", seed).isEqualTo(free);
            if (over) {
                assertThat(commands.getLast()).isEqualTo(RunCommand.Plain.TERMINATE);
                assertThat(run.wakeAtNanos()).as("seed %d", seed).isEqualTo(Deadline.NEVER);
            }
        }
    }
}
