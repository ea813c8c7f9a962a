package dev.ebbgate.core.tool;

/// What the driver of a tool run is to do. Commands are carried out in order and at once; one that
/// concerns a body that has ended is harmless.
public sealed interface RunCommand {

    /// Begin an attempt on a thread of its own.
    record Start(int attempt) implements RunCommand {}

    /// The outcome is this, whatever comes.
    record Settle(Decision decision) implements RunCommand {}

    /// Tell the body that its result is not wanted any more, and run its hooks.
    ///
    /// @param why what is decided, or will be if no other attempt does better
    record Tell(int attempt, Decision why) implements RunCommand {}

    /// Interrupt the body's thread.
    record Interrupt(int attempt) implements RunCommand {}

    /// Kill the body's processes, with their children, and close what it owns.
    record Force(int attempt) implements RunCommand {}

    /// Give the body up: count it and tell where it is stuck. Its place stays taken.
    record Abandon(int attempt) implements RunCommand {}

    /// Run the attempt's cleanups, last in first out, and answer [RunEvent.Cleaned].
    record Clean(int attempt) implements RunCommand {}

    /// The cleanups take longer than `grace`: interrupt the one in hand, go on with the others.
    record Hurry(int attempt) implements RunCommand {}

    /// The cleanups do not end: count them as given up.
    record AbandonCleanup(int attempt) implements RunCommand {}

    enum Plain implements RunCommand {
        /// Tell the body that its time is nearly over.
        SOFTEN,
        /// Everything has ended: give the place back.
        TERMINATE
    }
}
