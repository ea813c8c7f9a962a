package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failure.Failure;

/// What came from the provider.
public sealed interface UpstreamEvent {

    /// Events without content, so that the ones that come with every chunk allocate nothing.
    enum Signal implements UpstreamEvent {
        /// A usable connection is there; sending begins.
        CONNECTED,
        /// Bytes arrived, whatever they mean.
        BYTES_ARRIVED,
        /// A substantive delta arrived; for a buffered answer, a byte of its body.
        TOKEN_ARRIVED,
        /// The finish reason arrived, or something formal after it: nothing of the answer is
        /// missing.
        FINISHED,
        /// The dialect's terminal marker arrived, or a buffered answer is whole and good.
        DONE,
        /// The provider ended its answer cleanly.
        ENDED
    }

    /// The attempt cannot succeed any more.
    record Broke(Failure failure) implements UpstreamEvent {}
}
