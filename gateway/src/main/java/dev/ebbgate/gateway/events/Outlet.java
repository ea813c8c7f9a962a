package dev.ebbgate.gateway.events;

import java.io.IOException;

/// A place where events go. Confined to the thread of its [Queue].
interface Outlet {

    /// The name in messages: `stdout`, `the file …`, `the webhook`.
    String name();

    /// Hands a line over; it may take its time.
    ///
    /// @throws IOException if it cannot; its message is shown and repeats no secret
    void write(byte[] line) throws IOException, InterruptedException;

    /// Gives up what it holds.
    default void close() {}
}
