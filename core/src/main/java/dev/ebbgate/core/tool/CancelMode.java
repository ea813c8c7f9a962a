package dev.ebbgate.core.tool;

/// How far a body may be pushed before it is forced.
public enum CancelMode {
    /// It is told, and looks at its token.
    COOPERATIVE,
    /// It is told and its thread is interrupted.
    INTERRUPT,
    /// It is told, its thread is interrupted and the processes it owns are asked to end, with their
    /// children; those that do not within `grace` are killed.
    KILL_PROCESS;

    /// Whether the thread may be interrupted.
    public boolean interrupts() {
        return this != COOPERATIVE;
    }
}
