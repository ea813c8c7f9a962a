package dev.ebbgate.tools.time;

/// Something that is to happen at a moment. It stands in the heap itself, so that arming it
/// allocates nothing.
public abstract class Timer {

    static final int OUT = -1;

    /// Its place in the heap; guarded by the lock of the timers.
    int place = OUT;

    /// The moment; guarded by the lock of the timers.
    long atNanos;

    protected Timer() {}

    /// Its moment has come. Called on the timers' own thread: it must neither block nor run the
    /// code of a user.
    protected abstract void fire(long nowNanos);
}
