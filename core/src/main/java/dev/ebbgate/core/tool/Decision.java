package dev.ebbgate.core.tool;

/// How a tool run came out, without its value. Decided once.
public sealed interface Decision {

    /// The body returned.
    record Completed() implements Decision {}

    record TimedOut(FiredLimit fired) implements Decision {}

    record Cancelled(CancelReason reason) implements Decision {}

    /// The body threw.
    record Failed() implements Decision {}

    /// It was not run.
    record Rejected(RejectReason reason) implements Decision {}

    /// The name in events and figures.
    default String key() {
        return switch (this) {
            case Completed _ -> "completed";
            case TimedOut _ -> "timed out";
            case Cancelled _ -> "cancelled";
            case Failed _ -> "failed";
            case Rejected _ -> "rejected";
        };
    }

    /// The name with its cause, such as `timed out: idle`.
    default String text() {
        return switch (this) {
            case Completed _, Failed _ -> key();
            case TimedOut(FiredLimit fired) -> key() + ": " + fired.limit().key();
            case Cancelled(CancelReason reason) -> key() + ": " + reason.key();
            case Rejected(RejectReason reason) -> key() + ": " + reason.key();
        };
    }
}
