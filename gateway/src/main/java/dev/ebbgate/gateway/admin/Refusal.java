package dev.ebbgate.gateway.admin;

import java.util.List;

/// A request that cannot be done, with what its sender is told.
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<String> problems;

    public Refusal(int status, String message) {
        this(status, message, List.of());
    }

    /// @param problems one line each
    public Refusal(int status, String message, List<String> problems) {
        super(message, null, false, false);
        this.status = status;
        this.problems = List.copyOf(problems);
    }

    public int status() {
        return status;
    }

    public List<String> problems() {
        return problems;
    }

    Reply reply() {
        return Reply.error(status, String.valueOf(getMessage()), problems);
    }
}
