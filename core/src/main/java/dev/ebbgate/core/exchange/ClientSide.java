package dev.ebbgate.core.exchange;

import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

/// What is known of the client: whether it has the head, when it was last sent something, and since
/// when it does not drain.
final class ClientSide {

    private final ExchangePolicy policy;
    private final long startNanos;
    private boolean headSent;
    private long lastSentNanos;
    private long filledNanos = Deadline.NEVER;

    ClientSide(ExchangePolicy policy, long startNanos) {
        this.policy = policy;
        this.startNanos = startNanos;
        this.lastSentNanos = startNanos;
    }

    void sent(long nowNanos) {
        lastSentNanos = nowNanos;
        headSent = true;
    }

    /// Whether it leaves unread what it was sent.
    boolean isFilled() {
        return filledNanos != Deadline.NEVER;
    }

    /// From now on it owes its reading.
    void owes(long nowNanos) {
        filledNanos = nowNanos;
    }

    /// It reads, however slowly: the wait for it begins anew, and the rest stays as it is.
    void taken(long nowNanos) {
        if (isFilled()) {
            filledNanos = nowNanos;
        }
    }

    /// It reads again.
    ///
    /// @param owing whether it still owes its reading of what is left
    void drained(boolean owing, long nowNanos) {
        filledNanos = owing ? nowNanos : Deadline.NEVER;
        lastSentNanos = nowNanos;
    }

    /// When it has owed its reading for too long; [Deadline#NEVER] if it owes none.
    long stallEndsNanos() {
        return isFilled() ? policy.clientStall().value().after(filledNanos) : Deadline.NEVER;
    }

    /// The limit on its reading; null if it owes none.
    @Nullable NextLimit stall() {
        Sourced<Span> stall = policy.clientStall();
        return isFilled()
                ? new NextLimit("client-stall", stall.value(), stall.source(), stallEndsNanos())
                : null;
    }

    /// The end of an exchange whose client has owed its reading for too long.
    Outcome.Cancelled stalled(Phase phase, long nowNanos) {
        NextLimit stall = stall();
        return new Outcome.Cancelled(
                CancelReason.CLIENT_STALLED, stall == null ? null : stall.expiry(phase, nowNanos));
    }

    /// The sign of life that it gets.
    Plain sign() {
        return headSent ? Plain.SEND_KEEP_ALIVE : Plain.SEND_HEAD;
    }

    /// When it is due a sign of life; [Deadline#NEVER] if it gets none.
    long keepAliveAtNanos() {
        if (!policy.streamed() || isFilled()) {
            return Deadline.NEVER;
        }
        return headSent
                ? policy.keepAlive().every().value().after(lastSentNanos)
                : policy.keepAlive().after().value().after(startNanos);
    }
}
