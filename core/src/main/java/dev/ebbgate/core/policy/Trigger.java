package dev.ebbgate.core.policy;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// A kind of failure after which the next target may be tried.
public enum Trigger {
    CONNECT("connect"),
    RESET("reset"),
    STATUS_5XX("status-5xx"),
    STATUS_429("status-429"),
    AUTH("auth"),
    FIRST_TOKEN("first-token"),
    STREAM_IDLE("stream-idle"),
    NO_PROGRESS("no-progress"),
    ATTEMPT("attempt"),
    MALFORMED("malformed"),
    STREAM_ERROR("stream-error"),
    /// The only one that must be asked for: another model may answer quite differently.
    CONTEXT_LENGTH("context-length");

    /// All but the one that must be asked for.
    public static final Set<Trigger> DEFAULT =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(CONTEXT_LENGTH)));

    private final String key;

    Trigger(String key) {
        this.key = key;
    }

    /// The name in configuration and events.
    public String key() {
        return key;
    }

    /// The trigger of that name, or null.
    public static @Nullable Trigger named(String key) {
        for (Trigger trigger : values()) {
            if (trigger.key.equals(key)) {
                return trigger;
            }
        }
        return null;
    }
}
