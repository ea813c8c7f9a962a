package dev.ebbgate.core.health;

import dev.ebbgate.core.health.Breaker.Wiped;

import java.util.List;

/// One attempt's account with the breaker of its target. Confined to the thread of its exchange.
final class Leave {

    enum Kind {
        ORDINARY,
        /// Let through to see whether the target is well again.
        PROBE,
        /// Let through because there is nothing else.
        LAST_RESORT
    }

    private enum Heard {
        NOTHING,
        SUCCESS,
        ALL
    }

    private final Breaker breaker;
    private final Kind kind;
    private Heard heard = Heard.NOTHING;
    private Wiped since;

    Leave(Breaker breaker, int epoch, Kind kind) {
        this.breaker = breaker;
        this.kind = kind;
        this.since = new Wiped(epoch, List.of());
    }

    /// Whether an attempt is on trial; for tests and records.
    Kind kind() {
        return kind;
    }

    void succeeded() {
        if (heard == Heard.NOTHING) {
            heard = Heard.SUCCESS;
            since = breaker.succeeded(since.epoch());
        }
    }

    /// It failed; after a success, its answer broke off.
    void failed(long nowNanos) {
        Heard before = heard;
        heard = Heard.ALL;
        switch (before) {
            case NOTHING -> failedAtOnce(nowNanos);
            case SUCCESS -> breaker.failed(since, nowNanos);
            case ALL -> {}
        }
    }

    private void failedAtOnce(long nowNanos) {
        switch (kind) {
            case ORDINARY -> breaker.failed(since, nowNanos);
            case PROBE -> breaker.probeFailed(since.epoch(), nowNanos);
            case LAST_RESORT -> breaker.trialReturned(since.epoch());
        }
    }

    /// Nothing more will be heard of it.
    void close() {
        if (heard == Heard.NOTHING && kind != Kind.ORDINARY) {
            breaker.trialReturned(since.epoch());
        }
        heard = Heard.ALL;
    }
}
