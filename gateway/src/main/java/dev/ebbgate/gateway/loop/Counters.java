package dev.ebbgate.gateway.loop;

import java.util.concurrent.atomic.LongAdder;

/// What is counted over the whole gateway.
public final class Counters {

    private final LongAdder exchanges = new LongAdder();
    private final LongAdder errorsInside200 = new LongAdder();
    private final LongAdder skippedEvents = new LongAdder();

    void exchangeOver(boolean errorInside, int skipped) {
        exchanges.increment();
        if (errorInside) {
            errorsInside200.increment();
        }
        if (skipped > 0) {
            skippedEvents.add(skipped);
        }
    }

    /// Exchanges that are over.
    public long exchanges() {
        return exchanges.sum();
    }

    /// Errors that could only be delivered as a frame inside a 200.
    public long errorsInside200() {
        return errorsInside200.sum();
    }

    /// Malformed events of otherwise good streams that were left out.
    public long skippedEvents() {
        return skippedEvents.sum();
    }
}
