package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;

import org.jspecify.annotations.Nullable;

/// What the desk makes of a request.
public sealed interface Verdict {

    /// It may go on.
    record Admitted(Plan plan) implements Verdict {}

    /// It may not.
    ///
    /// @param message one line for the client
    /// @param cut the bound that it met, if one was the reason
    record Refused(ErrorKind kind, String message, @Nullable Cut cut) implements Verdict {

        public Refused(ErrorKind kind, String message) {
            this(kind, message, null);
        }
    }
}
