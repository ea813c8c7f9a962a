package dev.ebbgate.gateway.timer;

import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;

import java.util.concurrent.TimeUnit;

/// Sets the timers of one event loop, straight on the loop: Vert.x enters each of its own in three
/// maps that all loops share, which for every request costs more than reading it. Confined to the
/// loop.
public final class Timers {

    private final ContextInternal context;
    private final EventLoop loop;

    /// @param context the one in which tasks run
    public Timers(Context context) {
        this.context = (ContextInternal) context;
        this.loop = this.context.nettyEventLoop();
    }

    /// Runs a task once, when this time has passed and never before.
    public Timer after(long nanos, Runnable task) {
        Runnable inContext = () -> context.emit(task, Runnable::run);
        return new Timer(loop.schedule(inContext, nanos, TimeUnit.NANOSECONDS));
    }
}
