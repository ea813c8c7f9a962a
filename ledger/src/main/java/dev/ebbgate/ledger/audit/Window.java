package dev.ebbgate.ledger.audit;

import dev.ebbgate.ledger.pace.Grain;

/// A range of time, in milliseconds since 1970 UTC. What ended in it belongs to it.
///
/// @param untilMillis not included
public record Window(long sinceMillis, long untilMillis) {

    public Window {
        if (untilMillis <= sinceMillis) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    public long millis() {
        return untilMillis - sinceMillis;
    }

    /// The window of the same length before this one. Both are counted in whole minutes, and none
    /// belongs to both.
    public Window before() {
        long until = Grain.MINUTE.floor(sinceMillis);
        return new Window(until - millis(), until);
    }
}
