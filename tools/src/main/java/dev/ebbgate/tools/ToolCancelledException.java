package dev.ebbgate.tools;

import dev.ebbgate.core.tool.Decision;

/// Ends a body that nobody wants any more. Let it through.
public final class ToolCancelledException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ToolCancelledException(Decision reason) {
        super(reason.text());
    }
}
