package dev.ebbgate.tools;

import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Which runs there are, where they stand, and which bodies were given up.
final class Census {

    private static final System.Logger LOG = System.getLogger(Census.class.getName());

    private final TimeSource time;
    private final Map<Long, Run<?, ?>> live = new ConcurrentHashMap<>();
    private final Map<Body<?, ?>, Long> abandoned = new ConcurrentHashMap<>();
    private final Stacks stacks = new Stacks();
    private volatile @Nullable Runnable whenEmpty;
    private final AtomicLong numbers = new AtomicLong();

    Census(TimeSource time) {
        this.time = time;
    }

    long number() {
        return numbers.incrementAndGet();
    }

    void enter(Run<?, ?> run) {
        live.put(run.id().number(), run);
    }

    void leave(Run<?, ?> run) {
        live.remove(run.id().number());
        Runnable next = whenEmpty;
        if (next != null && live.isEmpty()) {
            next.run();
        }
    }

    /// Runs when there is no run any more, at once if there is none.
    void whenEmpty(Runnable next) {
        whenEmpty = next;
        if (live.isEmpty()) {
            next.run();
        }
    }

    List<Run<?, ?>> live() {
        return List.copyOf(live.values());
    }

    int size() {
        return live.size();
    }

    /// Where it stands; empty if it would take too long to look at so many.
    List<StackTraceElement> stack(Body<?, ?> body, long nowNanos) {
        return stacks.take(body, nowNanos);
    }

    /// It was given up.
    ///
    /// @return whether it had not been before
    boolean abandon(Body<?, ?> body) {
        boolean first = abandoned.put(body, time.nanoTime()) == null;
        time.start("tool-abandoned", () -> log(body));
        return first;
    }

    private static void log(Body<?, ?> body) {
        StringBuilder text = new StringBuilder("a body was given up and may still be running: ");
        text.append(body.owner().name()).append(" attempt=").append(body.number());
        body.stack().forEach(frame -> text.append("\n    at ").append(frame));
        LOG.log(System.Logger.Level.WARNING, text.toString());
    }

    /// It has ended after all.
    void forget(Body<?, ?> body) {
        abandoned.remove(body);
    }

    List<AbandonedBody> abandoned() {
        long now = time.nanoTime();
        return abandoned.entrySet().stream()
                .map(entry ->
                        new AbandonedBody(
                                entry.getKey().owner().id(),
                                entry.getKey().number(),
                                Duration.ofNanos(now - entry.getValue()),
                                entry.getKey().stack()))
                .toList();
    }
}
