package dev.ebbgate.sim.play;

import dev.ebbgate.sim.script.Ending;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;

/// Plays steps on one response, on its event loop. Rests are counted from a cursor that moves by
/// the script and not by the clock, so that late timers do not add up; a reader that was slow is
/// served what it missed without rests.
public final class Player {

    private static final long NEVER = Long.MAX_VALUE;

    /// What leaves in a wait, and every so many nanoseconds of it (0: nothing does).
    public record KeepAlive(Buffer bytes, int events, long nanos) {}

    private final Vertx vertx;
    private final Context context;
    private final Outlet outlet;
    private final Iterator<Step> steps;
    private final KeepAlive keepAlive;
    private final Prefilling prefilling;
    private ProcessorSharing.@Nullable Job job;
    private long cursor = System.nanoTime();
    private long wakeAt = NEVER;
    private long aliveAt = NEVER;
    private long timer = -1;

    public Player(
            Context context,
            Outlet outlet,
            Iterator<Step> steps,
            KeepAlive keepAlive,
            Prefilling prefilling) {
        this.vertx = context.owner();
        this.context = context;
        this.outlet = outlet;
        this.steps = steps;
        this.keepAlive = keepAlive;
        this.prefilling = prefilling;
    }

    /// Starts; to be called once.
    public void play() {
        outlet.onceClosed(this::abandon);
        go();
    }

    private void go() {
        while (!outlet.over()) {
            if (outlet.full()) {
                outlet.onceDrained(this::go);
                return;
            }
            if (!steps.hasNext() || !take(steps.next())) {
                return;
            }
        }
    }

    /// Whether the next step may be taken at once.
    private boolean take(Step step) {
        return switch (step) {
            case Step.Head(var status, var headers) -> {
                outlet.head(status, headers);
                yield true;
            }
            case Step.Send(var bytes, var events) -> {
                outlet.write(bytes, events);
                yield true;
            }
            case Step.Rest(long nanos) -> rest(nanos);
            case Step.Prefill(long nanos) -> {
                job = prefilling.join(nanos, context, this::prefilled);
                yield waitUntil(NEVER);
            }
            case Step.Finish(Ending ending) -> finish(ending);
        };
    }

    private boolean finish(Ending ending) {
        if (ending == Ending.HANG) {
            return waitUntil(NEVER);
        }
        outlet.finish(ending);
        return false;
    }

    private boolean rest(long nanos) {
        cursor += nanos;
        return cursor - System.nanoTime() <= 0 || waitUntil(cursor);
    }

    private void prefilled() {
        job = null;
        cursor = System.nanoTime();
        disarm();
        go();
    }

    private boolean waitUntil(long moment) {
        wakeAt = moment;
        aliveAt = keepAlive.nanos() > 0 ? System.nanoTime() + keepAlive.nanos() : NEVER;
        arm();
        return false;
    }

    private void arm() {
        if (wakeAt == NEVER && aliveAt == NEVER) {
            return;
        }
        long nanos = Math.min(left(wakeAt), left(aliveAt));
        timer = vertx.setTimer(Math.max(1, (nanos + 999_999) / 1_000_000), _ -> wake());
    }

    private static long left(long moment) {
        return moment == NEVER ? NEVER - 999_999 : moment - System.nanoTime();
    }

    private void wake() {
        timer = -1;
        if (outlet.over()) {
            return;
        }
        if (left(wakeAt) <= 0) {
            disarm();
            go();
            return;
        }
        if (left(aliveAt) <= 0) {
            if (!outlet.full()) {
                outlet.write(keepAlive.bytes(), keepAlive.events());
            }
            aliveAt += keepAlive.nanos();
        }
        arm();
    }

    private void disarm() {
        wakeAt = NEVER;
        aliveAt = NEVER;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
            timer = -1;
        }
    }

    private void abandon() {
        disarm();
        if (job != null) {
            prefilling.leave(job);
            job = null;
        }
    }
}
