package dev.ebbgate.tools.pipeline;

import java.util.List;

/// Such a pipeline cannot be: everything that is wrong with it, at once.
public final class PipelineRefusedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<String> problems;

    PipelineRefusedException(String pipeline, List<String> problems) {
        super("pipeline " + pipeline + ": " + String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
