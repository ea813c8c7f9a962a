package dev.ebbgate.core.event;

/// Takes what operators are to be told of. Thread-safe.
@FunctionalInterface
public interface Events {

    /// Tells nobody.
    Events NONE = _ -> {};

    /// Tells of something that has just happened. Called on any thread, those that move bytes
    /// included: it must neither block nor throw, and drops and counts what it cannot take.
    void tell(Event event);
}
