package dev.ebbgate.mcp;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// A server could not be reached, has ended, or broke off an answer. Its message holds nothing of
/// what the server said.
public final class McpServerException extends IOException {

    private static final long serialVersionUID = 1;

    McpServerException(String message) {
        super(message);
    }

    McpServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
