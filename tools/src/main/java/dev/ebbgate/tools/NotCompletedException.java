package dev.ebbgate.tools;

import org.jspecify.annotations.Nullable;

/// Says that a tool gave no result, in one line, for those who prefer that to an [Outcome].
public final class NotCompletedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    NotCompletedException(String text, @Nullable Throwable cause) {
        super(text, cause);
    }
}
