package dev.ebbgate.core.watch;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is usual at each target, learnt from its calls, and which calls are slower than that. Only
/// the targets that were asked last are remembered. Confined to one thread.
public final class Expectations {

    private static final int MOST_TARGETS = 200;

    /// So many of a target's last calls are looked at, and looked at anew after so many more.
    private static final int POINTS = 128;

    private static final int AGAIN_AFTER = 8;

    /// A target that is slow is slow call after call: it is told of once in this time.
    private static final long QUIET_MILLIS = 5 * 60_000L;

    private static final double NANOS = 1e9;

    private final Map<String, Learnt> targets = new LinkedHashMap<>(16, 0.75f, true);

    /// Nothing is known yet.
    public Expectations() {}

    /// A call that had its first token.
    ///
    /// @param promptTokens as the provider counted them
    /// @param firstTokenNanos from the usable connection on
    public record Call(
            Event.Origin origin, String target, long promptTokens, long firstTokenNanos) {}

    private static final class Learnt {
        private final double[] tokens = new double[POINTS];
        private final double[] seconds = new double[POINTS];
        private int calls;
        private @Nullable Expectation usual;
        private long toldMillis = Long.MIN_VALUE;
        private long slow;

        void add(double promptTokens, double took) {
            int at = calls++ % POINTS;
            tokens[at] = promptTokens;
            seconds[at] = took;
            if (calls % AGAIN_AFTER == 0) {
                int known = Math.min(calls, POINTS);
                usual = Expectation.of(Arrays.copyOf(tokens, known), Arrays.copyOf(seconds, known));
            }
        }
    }

    /// The calls of an exchange that show how long a first token took. Of an answer that is not
    /// streamed the first byte is seen only once all of it is made.
    public static List<Call> calls(Entry entry) {
        List<Call> calls = new ArrayList<>();
        for (Entry.Tried tried : entry.attempts()) {
            Waits waits = tried.waits();
            if (entry.asked().streamed()
                    && tried.answered().promptTokens() > 0
                    && waits.usableNanos() != Deadline.NEVER
                    && waits.firstTokenNanos() != Deadline.NEVER) {
                calls.add(
                        new Call(
                                Occurrences.origin(entry),
                                tried.target(),
                                tried.answered().promptTokens(),
                                waits.firstTokenNanos() - waits.usableNanos()));
            }
        }
        return calls;
    }

    /// Judges a call by those before it, and learns from it.
    ///
    /// @return what is to be told, or null
    public @Nullable Event on(Call call, long nowMillis) {
        Learnt learnt = learnt(call.target());
        double seconds = call.firstTokenNanos() / NANOS;
        double tokens = (double) call.promptTokens();
        Expectation usual = learnt.usual;
        learnt.add(tokens, seconds);
        if (usual == null || !usual.isSlow(tokens, seconds)) {
            return null;
        }
        if (learnt.toldMillis != Long.MIN_VALUE && nowMillis - learnt.toldMillis < QUIET_MILLIS) {
            learnt.slow++;
            return null;
        }
        long before = learnt.slow;
        learnt.slow = 0;
        learnt.toldMillis = nowMillis;
        return new Event.Slower(
                call.origin(),
                call.target(),
                call.promptTokens(),
                new Span(Math.max(1, call.firstTokenNanos())),
                span(usual.seconds(tokens)),
                before);
    }

    /// What is usual at the target, or null while that is not known.
    public @Nullable Expectation usual(String target) {
        Learnt learnt = targets.get(target);
        return learnt == null ? null : learnt.usual;
    }

    private Learnt learnt(String target) {
        Learnt learnt = targets.computeIfAbsent(target, _ -> new Learnt());
        if (targets.size() > MOST_TARGETS) {
            targets.remove(targets.keySet().iterator().next());
        }
        return learnt;
    }

    private static Span span(double seconds) {
        return new Span(Math.max(1, (long) (seconds * NANOS)));
    }
}
