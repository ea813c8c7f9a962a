package dev.ebbgate.core.exchange;

import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Grants all but hedges where it is told to, and keeps what it hears.
final class FrugalStanding implements Standing {

    enum Refusal {
        SPENT,
        COOLING
    }

    final List<String> asked = new ArrayList<>();
    final List<Given> permits = new ArrayList<>();
    @Nullable Refusal refusal;

    static final class Given implements Permit {
        final List<Sign> signs = new ArrayList<>();
        int released;

        @Override
        public int key() {
            return 0;
        }

        @Override
        public void report(Sign sign, long nowNanos) {
            signs.add(sign);
        }

        @Override
        public boolean hasOtherKey(long nowNanos) {
            return false;
        }

        @Override
        public void release(long nowNanos) {
            released++;
        }
    }

    @Override
    public Admission ask(int target, Purpose purpose, long nowNanos) {
        asked.add(target + " " + purpose);
        if (purpose == Purpose.HEDGE && refusal != null) {
            return refusal == Refusal.SPENT
                    ? new Spent()
                    : new Cooling(nowNanos + Span.ofSeconds(9).nanos());
        }
        Given permit = new Given();
        permits.add(permit);
        return new Granted(permit);
    }

    @Override
    public boolean cools(int target, long nowNanos) {
        return false;
    }

    @Override
    public boolean refusesRetry(int target, long nowNanos, long atNanos) {
        return false;
    }

    @Override
    public List<Integer> order(List<List<Integer>> places) {
        return places.stream().flatMap(List::stream).toList();
    }

    @Override
    public int soonest(List<Integer> targets, long nowNanos) {
        return targets.getFirst();
    }
}
