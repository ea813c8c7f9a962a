package dev.ebbgate.core.exchange;

import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Grants, refuses and queues at random, and remembers what became of its permits.
final class MoodyStanding implements Standing {

    private final Random random;
    final List<Granting> permits = new ArrayList<>();
    final List<Waiting> tickets = new ArrayList<>();

    MoodyStanding(Random random) {
        this.random = random;
    }

    final class Granting implements Permit {
        final List<Sign> signs = new ArrayList<>();
        int released;

        @Override
        public int key() {
            return random.nextInt(3);
        }

        @Override
        public void report(Sign sign, long nowNanos) {
            signs.add(sign);
        }

        @Override
        public boolean hasOtherKey(long nowNanos) {
            return random.nextBoolean();
        }

        @Override
        public void release(long nowNanos) {
            released++;
        }
    }

    final class Waiting implements Ticket {
        boolean left;

        @Override
        public void whenTurn(Runnable turn) {}

        @Override
        public Sourced<Span> patience() {
            return new Sourced<>(Span.ofSeconds(2), "test");
        }

        @Override
        public Admission claim(long nowNanos) {
            Admission admission = mood(this);
            left = !(admission instanceof Full);
            return admission;
        }

        @Override
        public void cancel(long nowNanos) {
            left = true;
        }
    }

    private Admission mood(Waiting old) {
        return switch (random.nextInt(6)) {
            case 0 -> new Cooling(random.nextLong());
            case 1 -> new Spent();
            case 2 -> new Full(old);
            default -> granted();
        };
    }

    private Granted granted() {
        Granting permit = new Granting();
        permits.add(permit);
        return new Granted(permit);
    }

    @Override
    public Admission ask(int target, Purpose purpose, long nowNanos) {
        Waiting waiting = new Waiting();
        Admission admission = mood(waiting);
        if (admission instanceof Full) {
            tickets.add(waiting);
        }
        return admission;
    }

    @Override
    public boolean cools(int target, long nowNanos) {
        return random.nextInt(4) == 0;
    }

    @Override
    public boolean refusesRetry(int target, long nowNanos, long atNanos) {
        return random.nextInt(16) == 0;
    }

    @Override
    public List<Integer> order(List<List<Integer>> places) {
        return places.stream().flatMap(List::stream).toList().reversed();
    }

    @Override
    public int soonest(List<Integer> targets, long nowNanos) {
        return targets.get(random.nextInt(targets.size()));
    }
}
