package dev.ebbgate.sim.script;

/// How an answer ends once its tokens are out.
public enum Ending {
    /// As documented by the provider.
    OK,
    /// It does not: silence until the peer closes.
    HANG,
    /// A clean end of the body, without `[DONE]` or `message_stop`.
    EOF,
    /// The connection closes in the middle of the body.
    CUT,
    /// As [#CUT], and in the middle of an event.
    TRUNCATED,
    /// TCP RST, or RST_STREAM(INTERNAL_ERROR) on HTTP/2.
    RESET,
    /// An error frame and a clean end.
    ERROR
}
