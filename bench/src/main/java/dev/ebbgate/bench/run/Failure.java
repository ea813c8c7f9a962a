package dev.ebbgate.bench.run;

import dev.ebbgate.bench.load.Tally;

/// A run that must not be believed.
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    /// Throws if this load saw any error.
    static void ifAny(String what, Tally tally) {
        tally.firstError()
                .ifPresent(first -> {
                    throw new Failure(
                            what + ": " + tally.count().errors() + " errors, the first: " + first);
                });
    }
}
