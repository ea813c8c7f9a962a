package dev.ebbgate.gateway.admin;

import java.util.function.Consumer;

/// Where events can be followed as they happen.
@FunctionalInterface
public interface EventFeed {

    /// Hands each event over from now on, as one line of JSON.
    ///
    /// @param subscriber is called by a thread of the feed's own, and must not block it
    /// @return ends it
    Runnable subscribe(Consumer<byte[]> subscriber);
}
