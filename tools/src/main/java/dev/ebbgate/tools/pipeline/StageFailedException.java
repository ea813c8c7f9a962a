package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.NotCompletedException;
import dev.ebbgate.tools.Outcome;

/// A pipeline failed because this stage did not complete.
public final class StageFailedException extends NotCompletedException {

    private static final long serialVersionUID = 1;

    private final String stage;

    StageFailedException(StageResult result) {
        super(
                result.toString(),
                result.outcome() instanceof Outcome.Failed<?>(Throwable error, var _)
                        ? error
                        : null,
                result.outcome() == null ? null : result.outcome().limit().orElse(null));
        this.stage = result.stage();
    }

    public String stage() {
        return stage;
    }
}
