package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.config.Limits.Sizes;
import dev.ebbgate.core.exchange.NextLimit;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// What the whole gateway has room for: exchanges, and bytes of bodies. Shared by all event loops.
public final class Room {

    private volatile int maxExchanges;
    private volatile long maxBytes;
    private final AtomicInteger exchanges = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean draining;
    private volatile @Nullable NextLimit drain;
    private volatile boolean ending;
    private volatile @Nullable NextLimit delivery;

    public Room(Sizes sizes) {
        maxExchanges = sizes.exchanges().value();
        maxBytes = sizes.buffered().value().bytes();
    }

    /// Has so much room from now on; what is taken stays taken.
    public void resize(Sizes sizes) {
        maxExchanges = sizes.exchanges().value();
        maxBytes = sizes.buffered().value().bytes();
    }

    /// Takes a place for an exchange, to be given back by [#leave]; false if there is none.
    public boolean enter() {
        if (exchanges.incrementAndGet() > maxExchanges) {
            exchanges.decrementAndGet();
            return false;
        }
        return true;
    }

    public void leave() {
        exchanges.decrementAndGet();
    }

    /// Whether there would be room for so many bytes if nothing else were held.
    boolean couldHold(long count) {
        return count <= maxBytes;
    }

    /// Takes room for so many bytes, to be given back by [#free]; false if there is none.
    public boolean take(long count) {
        if (bytes.addAndGet(count) > maxBytes) {
            bytes.addAndGet(-count);
            return false;
        }
        return true;
    }

    public void free(long count) {
        bytes.addAndGet(-count);
    }

    /// Exchanges under way.
    public int exchanges() {
        return exchanges.get();
    }

    /// Bytes of bodies held.
    public long bytes() {
        return bytes.get();
    }

    /// Takes no new work from now on.
    public void drain() {
        draining = true;
    }

    /// The same, where what is under way has time to finish.
    public void drain(NextLimit until) {
        drain = until;
        drain();
    }

    public boolean draining() {
        return draining;
    }

    /// Begins nothing from now on, not even what came before [#drain].
    public void end() {
        ending = true;
    }

    /// The same, where the time is over that was left to finish.
    ///
    /// @param until by when the last errors must have been taken
    public void end(NextLimit until) {
        delivery = until;
        end();
    }

    /// The limit by which what has ended with the drain must have been taken; null if none has.
    public @Nullable NextLimit deliveryLimit() {
        return delivery;
    }

    /// The limit of the drain under way; null if none is.
    public @Nullable NextLimit drainLimit() {
        return drain;
    }

    /// The limit by which what is under way now ends, as its time to finish is over; else null.
    public @Nullable NextLimit drained() {
        return delivery == null ? null : drain;
    }

    public boolean ending() {
        return ending;
    }
}
