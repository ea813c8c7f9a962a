package dev.ebbgate.sim.script;

/// Says which term of a script cannot be understood, and what to write instead.
public final class BadScript extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    BadScript(String message) {
        super(message);
    }
}
