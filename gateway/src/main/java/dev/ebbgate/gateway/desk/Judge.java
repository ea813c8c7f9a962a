package dev.ebbgate.gateway.desk;

import dev.ebbgate.dialects.Operation;

import io.vertx.core.MultiMap;

/// Decides what is to be done for a request.
@FunctionalInterface
public interface Judge {

    /// Judges a request.
    ///
    /// @param body not to be written into from now on
    Verdict judge(Operation operation, byte[] body, MultiMap headers);
}
