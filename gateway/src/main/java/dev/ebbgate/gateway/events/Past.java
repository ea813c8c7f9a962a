package dev.ebbgate.gateway.events;

import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

/// What was recorded before this program began.
@FunctionalInterface
public interface Past {

    /// Nothing was.
    Past NONE = (_, _, _) -> {};

    /// Tells the calls that ended in a range of time, in about that order. May block, and tells
    /// nothing where nothing can be read.
    ///
    /// @param untilMillis not included
    void tell(long sinceMillis, long untilMillis, Listener listener);

    /// Who is told.
    @FunctionalInterface
    interface Listener {

        /// Hears of a call.
        ///
        /// @param deadline what its client itself said it would wait, or null where that is not
        ///   known
        void call(
                @Nullable String route, long totalNanos, @Nullable Span deadline, long endedMillis);
    }
}
