package dev.ebbgate.tools.testing;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.tools.time.TimeSource;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;

/// Time that passes only when every thread waits for it. One thread goes on at a time, and the seed
/// says which, so that the same seed gives the same history.
///
/// Whatever runs in it waits through this source: bodies sleep with `ToolContext.sleep`, not with
/// `Thread.sleep`. A thread that never waits holds the world up for ever.
public final class VirtualTime implements TimeSource {

    private final Random random;
    private final Map<Thread, Actor> actors = new LinkedHashMap<>();
    private final List<Actor> ready = new ArrayList<>();
    private final Semaphore turn = new Semaphore(0);
    private volatile long nowNanos;
    private @Nullable Throwable failure;

    /// A world whose history follows from this seed.
    public VirtualTime(long seed) {
        random = new Random(seed);
        nowNanos = random.nextLong(1L << 40);
    }

    private static final class Actor {
        private final Semaphore baton = new Semaphore(0);
        private final boolean keeper;
        private boolean parked;
        private boolean permit;
        private long untilNanos = Deadline.NEVER;

        private Actor(boolean keeper) {
            this.keeper = keeper;
        }
    }

    /// What happens in the world; it may throw.
    @FunctionalInterface
    public interface Story {
        void happen() throws Exception;
    }

    /// Plays a story to its end, and until no thread that it has started can go on.
    ///
    /// @return how many threads still wait for something that will never come
    public int play(Story story) {
        start("story", () -> happen(story));
        Actor next = next();
        while (next != null) {
            next.baton.release();
            turn.acquireUninterruptibly();
            next = next();
        }
        if (failure != null) {
            throw new AssertionError("the story failed: " + failure.getMessage(), failure);
        }
        synchronized (this) {
            return (int) actors.values().stream().filter(actor -> !actor.keeper).count();
        }
    }

    private void happen(Story story) {
        try {
            story.happen();
        } catch (Throwable e) {
            failure = e;
        }
    }

    private synchronized @Nullable Actor next() {
        if (ready.isEmpty()) {
            passTime();
        }
        return ready.isEmpty() ? null : ready.remove(random.nextInt(ready.size()));
    }

    /// Goes to the nearest moment for which anyone waits.
    private void passTime() {
        long nearest = Deadline.NEVER;
        for (Actor actor : actors.values()) {
            nearest = Deadline.nearer(nearest, actor.untilNanos);
        }
        if (nearest == Deadline.NEVER) {
            return;
        }
        nowNanos = nearest - nowNanos > 0 ? nearest : nowNanos;
        for (Actor actor : List.copyOf(actors.values())) {
            if (Deadline.due(actor.untilNanos, nowNanos)) {
                wake(actor);
            }
        }
    }

    private void wake(Actor actor) {
        if (actor.parked) {
            actor.parked = false;
            actor.untilNanos = Deadline.NEVER;
            ready.add(actor);
        }
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public Thread start(String name, Runnable body) {
        return start(name, body, new Actor(false));
    }

    @Override
    public Thread startKeeper(String name, Runnable body) {
        return start(name, body, new Actor(true));
    }

    private Thread start(String name, Runnable body, Actor actor) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> act(actor, body));
        synchronized (this) {
            actors.put(thread, actor);
            ready.add(actor);
        }
        thread.start();
        return thread;
    }

    private void act(Actor actor, Runnable body) {
        actor.baton.acquireUninterruptibly();
        try {
            body.run();
        } finally {
            synchronized (this) {
                actors.values().remove(actor);
            }
            turn.release();
        }
    }

    @Override
    public void park(long untilNanos) {
        Actor self = self();
        synchronized (this) {
            if (self.permit || Thread.currentThread().isInterrupted()) {
                self.permit = false;
                return;
            }
            self.parked = true;
            self.untilNanos = untilNanos;
        }
        turn.release();
        self.baton.acquireUninterruptibly();
        synchronized (this) {
            self.permit = false;
        }
    }

    private synchronized Actor self() {
        Actor self = actors.get(Thread.currentThread());
        if (self == null) {
            throw new IllegalStateException(
                    "only threads of this world may wait in it; start them with play or start");
        }
        return self;
    }

    @Override
    public synchronized void unpark(Thread thread) {
        Actor actor = actors.get(thread);
        if (actor != null) {
            actor.permit = true;
            wake(actor);
        }
    }

    @Override
    public synchronized void interrupt(Thread thread) {
        thread.interrupt();
        Actor actor = actors.get(thread);
        if (actor != null) {
            wake(actor);
        }
    }
}
