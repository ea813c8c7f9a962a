package dev.ebbgate.core.tool;

/// What is known of the effects of a tool run.
public enum Effects {
    /// It did not run.
    NONE,
    /// It ran to its end.
    DONE,
    /// It ran and is not running any more; what it had done by then stays done.
    STOPPED,
    /// It ran, its outcome is decided, and its body may still be running.
    UNKNOWN_STILL_RUNNING
}
