package dev.ebbgate.tools;

import java.util.Optional;

/// Reads the partial results of a run as they come. For one thread.
public interface PartialReader extends AutoCloseable {

    /// Waits for the next; empty when there is none to come, for the outcome is decided and all
    /// before it has been read.
    Optional<Object> next() throws InterruptedException;

    /// Reads no more. A run that still goes on ends as cancelled: nobody wants the rest.
    @Override
    void close();
}
