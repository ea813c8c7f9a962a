package dev.ebbgate.core.tool;

/// What a tool run may be told.
public sealed interface RunEvent {

    /// Events without content.
    enum Plain implements RunEvent {
        /// A place is there.
        TURN,
        /// The time has come that was asked for.
        WOKEN,
        /// The body waits for someone else: a slow reader, a child run, a human. May be nested.
        SUSPENDED,
        /// That wait is over.
        RESUMED,
        /// The body left what it had shielded.
        UNSHIELDED
    }

    /// It will not be run.
    record Refused(RejectReason reason) implements RunEvent {}

    /// Nobody wants it any more.
    record Unwanted(CancelReason reason) implements RunEvent {}

    /// The body asks not to be interrupted until then; from then on it may be.
    record Shielded(long untilNanos) implements RunEvent {}

    /// A body has ended.
    ///
    /// @param attempt its number
    record Ended(int attempt, Ending ending) implements RunEvent {}

    /// The cleanups of an attempt have ended.
    record Cleaned(int attempt) implements RunEvent {}

    /// How a body ended.
    enum Ending {
        RETURNED,
        /// It threw, and another attempt could go better.
        FAILED,
        /// It threw, and another attempt would go the same way.
        FAILED_FOR_GOOD,
        /// It never began: it was not wanted any more, or what is put around it failed.
        NOT_BEGUN
    }
}
