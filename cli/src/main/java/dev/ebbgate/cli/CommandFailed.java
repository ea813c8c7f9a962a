package dev.ebbgate.cli;

import java.util.List;

/// A command could not do its work, for a reason the operator can act on. Ends with exit code 1.
final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1;

    CommandFailed(String message) {
        super(message);
    }

    /// One problem per line.
    CommandFailed(List<String> problems) {
        super(String.join("\n", problems));
    }

    /// The same with one more line.
    CommandFailed with(String line) {
        return new CommandFailed(getMessage() + "\n" + line);
    }

    List<String> lines() {
        return String.valueOf(getMessage()).lines().toList();
    }
}
