package dev.ebbgate.cli.demo;

/// What the client saw, and when: nanoseconds since it asked.
sealed interface Seen {
    long atNanos();

    /// The answer's head.
    record Head(long atNanos, int status) implements Seen {}

    /// Bytes that say nothing but "still here": a comment line, or a ping.
    record KeptAlive(long atNanos, boolean isPing) implements Seen {}

    /// A piece of the answer.
    record Token(long atNanos) implements Seen {}

    /// An error, as a body or as a frame.
    record Failed(long atNanos, Failing failing) implements Seen {}

    /// The dialect's formal end of an answer: `[DONE]`, `message_stop`.
    record Finished(long atNanos) implements Seen {}

    /// The client itself went away.
    ///
    /// @param atMillis the same moment in milliseconds of the epoch, as the journal counts
    record Left(long atNanos, long atMillis) implements Seen {}

    /// No more came, and nothing said why.
    record Broken(long atNanos, String why) implements Seen {}
}
