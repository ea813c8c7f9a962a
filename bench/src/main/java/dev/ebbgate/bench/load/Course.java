package dev.ebbgate.bench.load;

/// What the callers of one load do next; each method is called on the caller's event loop.
interface Course {
    /// The connection is open and nothing is asked.
    void ready(Caller caller);

    /// Whole events have come for the request under way.
    void progressed(Caller caller, int events);

    /// The answer is whole; the connection is free again.
    void answered(Caller caller);

    /// The connection has ended, in the middle of an answer or between two.
    void closed(Caller caller);

    /// No connection could be opened.
    void refused(Throwable why);
}
