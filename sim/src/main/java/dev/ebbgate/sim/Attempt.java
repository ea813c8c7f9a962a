package dev.ebbgate.sim;

import dev.ebbgate.sim.JournalEntry.Received;
import dev.ebbgate.sim.JournalEntry.Times;

import java.util.OptionalLong;

/// An attempt under way. Written on the event loop of its connection, read from anywhere.
final class Attempt {

    private static final long NOT_YET = -1;

    private final long id;
    private final Journal journal;
    private final Start start;
    private volatile Received received;
    private volatile long firstByteMs = NOT_YET;
    private volatile long endedMs = NOT_YET;
    private volatile int events;
    private volatile long bytes;
    private volatile End end = End.OPEN;

    /// When the request's head had come, on the wall clock and on the monotonic one.
    record Start(long millis, long nanos) {
        static Start now() {
            return new Start(System.currentTimeMillis(), System.nanoTime());
        }
    }

    Attempt(long id, Journal journal, Received received, Start start) {
        this.start = start;
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
        return (System.nanoTime() - start.nanos()) / 1_000_000;
    }

    JournalEntry entry() {
        End how = end;
        return new JournalEntry(
                id,
                received,
                new Times(start.millis(), optional(firstByteMs), optional(endedMs)),
                events,
                bytes,
                how);
    }

    private static OptionalLong optional(long ms) {
        return ms == NOT_YET ? OptionalLong.empty() : OptionalLong.of(ms);
    }
}
