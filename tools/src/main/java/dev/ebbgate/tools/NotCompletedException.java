package dev.ebbgate.tools;

import dev.ebbgate.core.tool.FiredLimit;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Says that a tool gave no result, in one line, for those who prefer that to an [Outcome].
public class NotCompletedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient @Nullable FiredLimit limit;

    protected NotCompletedException(Outcome<?> outcome) {
        this(
                outcome.text(),
                outcome instanceof Outcome.Failed<?> failed ? failed.error() : null,
                outcome.limit().orElse(null));
    }

    /// @param limit that ran out, or null
    protected NotCompletedException(
            String message, @Nullable Throwable cause, @Nullable FiredLimit limit) {
        super(message, cause);
        this.limit = limit;
    }

    /// The limit that ran out, be it further in; empty where it was something else.
    public final Optional<FiredLimit> limit() {
        return Optional.ofNullable(limit);
    }
}
