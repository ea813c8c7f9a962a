package dev.ebbgate.tools.stream;

import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.limit.Limit;

import org.jspecify.annotations.Nullable;

/// Says that a model's answer was given up because a limit ran out. The message is one line: what,
/// elapsed, phase, limit and its source, place, state; nothing of prompt or answer is in it.
///
/// Asking the same model again at once would only repeat what has been tried.
public final class StreamCutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable ErrorReport report;
    private final @Nullable Limit limit;

    StreamCutException(ErrorReport report, @Nullable Limit limit) {
        super(report.message());
        this.report = report;
        this.limit = limit;
    }

    /// The limit that ran out; null where somebody cancelled.
    public @Nullable Limit limit() {
        return limit;
    }

    /// The facts; null after the exception has been serialized.
    public @Nullable ErrorReport report() {
        return report;
    }
}
