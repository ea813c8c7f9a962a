package dev.ebbgate.tools.pipeline;

import dev.ebbgate.tools.Outcome;

/// A pipeline failed because this stage did not complete.
public final class StageFailedException extends Exception {

    private static final long serialVersionUID = 1;

    private final String stage;

    StageFailedException(StageResult result) {
        super(
                result.toString(),
                result.outcome() instanceof Outcome.Failed<?>(Throwable error, var _)
                        ? error
                        : null);
        this.stage = result.stage();
    }

    public String stage() {
        return stage;
    }
}
