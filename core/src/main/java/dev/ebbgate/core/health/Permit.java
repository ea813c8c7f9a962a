package dev.ebbgate.core.health;

/// Leave to make one attempt. Confined to the thread of its exchange.
public interface Permit {

    /// Leave for an attempt that is not made: nobody keeps account of it.
    Permit NONE = Unwatched.INSTANCE;

    /// The index of the provider's key to use.
    int key();

    /// Tells how the attempt goes. An attempt counts once: only the first sign counts, but for a
    /// [Sign.Plain#FAILED] after [Sign.Plain#SUCCEEDED], which takes the success back (the answer
    /// broke off). What comes later, or after [#release], is harmless.
    void report(Sign sign, long nowNanos);

    /// Whether the provider has a usable key other than this one, so that after [Sign.KeyRefused]
    /// asking for the same target again is worth it. Bound it: two exchanges may chase each other.
    boolean hasOtherKey(long nowNanos);

    /// Gives everything back that the attempt held: it is over. Without a sign before it the
    /// attempt counts neither way, and a probe's place is free again. May be repeated.
    void release(long nowNanos);
}
