package dev.ebbgate.tools.pipeline;

/// A stage was not run, since it has failed too often of late.
public final class BreakerOpenException extends Exception {

    private static final long serialVersionUID = 1;

    BreakerOpenException(String stage) {
        super("the breaker of stage " + stage + " is open");
    }
}
