package dev.ebbgate.cli;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// A gateway that listens.
interface Running extends AutoCloseable {
    /// The port it is bound to.
    int port();

    /// What the operator should know of it, one line each.
    default List<String> remarks() {
        return List.of();
    }

    /// Reads the configuration again.
    default void reload() {}

    /// Takes no new work; ends when nothing is in hand any more.
    CompletionStage<Void> drain();

    /// Tells all that is in hand that it ends now, and writes down that it did.
    void hurry();

    /// Lets go of everything at once.
    @Override
    void close();
}
