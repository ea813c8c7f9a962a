package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.NotCompletedException;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.ToolCall;

import java.time.Duration;

/// An inner limit ended a stage: thrown to whoever is further out, who may try again. It says which
/// limit of whom it was.
public final class StageStoppedException extends NotCompletedException {

    private static final long serialVersionUID = 1;

    private final transient ToolCall<?> call;

    StageStoppedException(Outcome<?> outcome, ToolCall<?> call) {
        super(outcome);
        this.call = call;
    }

    /// Whether it was the inner limit, not one further out that left it no time, nor somebody who
    /// no longer wanted it.
    boolean isOwn() {
        String own = "tool " + call.id().tool();
        return limit().filter(fired -> fired.owner().equals(own)).isPresent();
    }

    /// Waits until what was stopped has really ended.
    ///
    /// @return whether it has
    public boolean awaitTerminated(Duration atMost) throws InterruptedException {
        return call.awaitTerminated(atMost);
    }
}
