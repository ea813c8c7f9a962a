package dev.ebbgate.sim;

import dev.ebbgate.sim.JournalEntry.Received;
import dev.ebbgate.sim.JournalEntry.Times;

import java.util.OptionalLong;

/// An attempt under way. Written on the event loop of its connection, read from anywhere.
final class Attempt {

    private static final long NOT_YET = -1;

    private final long id;
    private final Journal journal;
    private final long startedAt = System.currentTimeMillis();
    private final long startNanos = System.nanoTime();
    private volatile Received received;
    private volatile long firstByteMs = NOT_YET;
    private volatile long endedMs = NOT_YET;
    private volatile int events;
    private volatile long bytes;
    private volatile End end = End.OPEN;

    Attempt(long id, Journal journal, Received received) {
        this.id = id;
        this.journal = journal;
        this.received = received;
    }

    long id() {
        return id;
    }

    void understood(String model, String scenario, long bodyLength) {
        Received r = received;
        received =
                new Received(
                        r.method(),
                        r.path(),
                        r.protocol(),
                        r.headers(),
                        model,
                        scenario,
                        bodyLength);
        journal.changed(this);
    }

    /// Bytes left for the peer; the head counts none.
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer: the event loop
    void sent(int moreBytes, int moreEvents) {
        if (firstByteMs == NOT_YET) {
            firstByteMs = sinceStart();
        }
        bytes += moreBytes;
        events += moreEvents;
        journal.changed(this);
    }

    /// The end; only the first one counts.
    void ended(End how) {
        if (end == End.OPEN) {
            endedMs = sinceStart();
            end = how;
            journal.changed(this);
        }
    }

    boolean over() {
        return end != End.OPEN;
    }

    private long sinceStart() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    JournalEntry entry() {
        End how = end;
        return new JournalEntry(
                id,
                received,
                new Times(startedAt, optional(firstByteMs), optional(endedMs)),
                events,
                bytes,
                how);
    }

    private static OptionalLong optional(long ms) {
        return ms == NOT_YET ? OptionalLong.empty() : OptionalLong.of(ms);
    }
}
