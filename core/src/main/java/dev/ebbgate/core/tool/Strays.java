package dev.ebbgate.core.tool;

import dev.ebbgate.core.limit.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Earlier attempts that have not ended although a later one has begun.
final class Strays {

    private final List<Attempt> attempts = new ArrayList<>(0);

    void add(Attempt attempt) {
        if (!attempt.isGone()) {
            attempts.add(attempt);
        }
    }

    @Nullable Attempt find(int number) {
        for (Attempt attempt : attempts) {
            if (attempt.number() == number) {
                return attempt;
            }
        }
        return null;
    }

    void forgetGone() {
        attempts.removeIf(Attempt::isGone);
    }

    void climb(long nowNanos, List<RunCommand> out) {
        attempts.forEach(attempt -> attempt.climb(nowNanos, out));
    }

    long climbsAtNanos() {
        long nearest = Deadline.NEVER;
        for (Attempt attempt : attempts) {
            nearest = Deadline.nearer(nearest, attempt.climbsAtNanos());
        }
        return nearest;
    }

    boolean isEmpty() {
        return attempts.isEmpty();
    }

    boolean isAnyAlive() {
        return attempts.stream().anyMatch(Attempt::isAlive);
    }
}
