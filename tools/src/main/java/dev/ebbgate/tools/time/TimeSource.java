package dev.ebbgate.tools.time;

/// The one source of time, and of everything that waits for it. Safe for threads.
///
/// All waiting of the runtime goes through [#park], so that a virtual source can decide who goes on
/// next and when.
public interface TimeSource {

    /// The time of this machine, on virtual threads of the JDK.
    TimeSource REAL = new RealTime();

    /// A moment of a monotonic clock of arbitrary origin, in nanoseconds.
    long nanoTime();

    /// Starts a fresh thread for the code of a user.
    Thread start(String name, Runnable body);

    /// Starts the thread that keeps the timers; it never holds the program up.
    Thread startKeeper(String name, Runnable body);

    /// Waits until [#unpark], [#interrupt] or that moment, and perhaps shorter; look at the
    /// condition again.
    ///
    /// @param untilNanos `Deadline.NEVER` to wait for ever
    void park(long untilNanos);

    /// Lets a thread go on that waits in [#park], or will.
    void unpark(Thread thread);

    void interrupt(Thread thread);
}
