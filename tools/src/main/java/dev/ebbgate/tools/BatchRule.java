package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Span;

import java.time.Duration;

/// When a batch is over. What is then still running is cancelled, and gives its result as well.
public sealed interface BatchRule {

    /// When every call has its outcome.
    BatchRule WAIT_ALL = new WaitAll();

    /// When every call has its outcome, or one has not completed.
    BatchRule FAIL_FAST = new FailFast();

    /// When so many have completed, or can no longer.
    static BatchRule quorum(int completed) {
        return new Quorum(completed);
    }

    /// When every call has its outcome; that long is a limit on the whole of each.
    static BatchRule by(Duration atMost) {
        return new By(Span.of(atMost));
    }

    record WaitAll() implements BatchRule {}

    record FailFast() implements BatchRule {}

    record Quorum(int completed) implements BatchRule {
        public Quorum {
            if (completed < 1) {
                throw new IllegalArgumentException("a quorum of at least 1: " + completed);
            }
        }
    }

    record By(Span atMost) implements BatchRule {}
}
