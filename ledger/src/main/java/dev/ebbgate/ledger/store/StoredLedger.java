package dev.ebbgate.ledger.store;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.pace.Cells;
import dev.ebbgate.ledger.pack.Recorded;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/// Records exchanges in a store, on a thread of its own: what moves bytes only puts an entry into a
/// bounded queue. A third of a second of entries is one transaction, so a process that is killed
/// loses no more than its last second.
///
/// Where the store is slow or fails, what was taken is tried again every second and exchanges go
/// on; what the queue has no room for is dropped and counted, and the count is told as an event and
/// kept in the store once it takes something again. Safe for threads.
public final class StoredLedger implements Ledger, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoredLedger.class);

    static final int QUEUE = 20_000;

    /// How long entries wait for company. It is slept in slices, for under load there is enough of
    /// it sooner: what waits longer than a collection or two is moved among the old by the
    /// collector, which cost a request more than its recording.
    private static final int SLICES = 15;

    private static final long SLICE_MILLIS = 20;
    private static final int ENOUGH = 2 * Storage.BLOCK;
    private static final long START_MILLIS = 100;
    private static final long AGAIN_MILLIS = 1_000;
    private static final long SWEEP_MILLIS = 600_000;
    private static final long CLOSE_MILLIS = 3_000;

    /// How often losses are told while the store takes nothing.
    private static final long TELL_MILLIS = 60_000;

    private final Database database;
    private final Retention retention;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final Thread thread;
    private volatile boolean closing;
    private volatile int inHand;
    private boolean closed;
    private volatile boolean failing;
    private volatile Events events = event -> LOG.warn("{}", event.message());

    // Of the thread alone.
    private final Cells cells = new Cells();
    private final List<Entry> drained = new ArrayList<>();
    private final List<Recorded> pending = new ArrayList<>();
    private @Nullable Storage storage;
    private Storage.@Nullable Writer writer;
    private long batch = 1;
    private long owed;
    private long owedInBatch;
    private long untold;
    private long toldMillis;
    private int company = SLICES; // what came before the store was open has waited enough
    private long sweptMillis = System.currentTimeMillis();

    /// A ledger in this store, which is opened in the background.
    public StoredLedger(Database database, Retention retention) {
        this.database = database;
        this.retention = retention;
        this.thread = Thread.ofPlatform().daemon().name("ebbgate-ledger").start(this::run);
    }

    @Override
    public void record(Entry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
    }

    /// Tells these of what could not be recorded. Until then only the log is told.
    public void tell(Events listeners) {
        events = listeners;
    }

    /// Whether the store takes nothing at the moment.
    public boolean isFailing() {
        return failing;
    }

    /// How many entries wait to be written, but for those at hand.
    public int backlog() {
        return queue.size();
    }

    private void run() {
        pause(START_MILLIS); // a start has better to do
        ready(); // and the first entry is not to wait for the schema
        while (!closing || !queue.isEmpty()) {
            gather();
            while (!written()) {
                if (closing) {
                    givenUp.add(pending.size());
                    break;
                }
                pause(AGAIN_MILLIS);
            }
            pending.clear();
            inHand = 0;
            batch++;
        }
        if (storage != null) {
            storage.close();
        }
    }

    private void ready() {
        try {
            open();
        } catch (SQLException e) {
            complain(e);
        }
    }

    private Storage open() throws SQLException {
        Storage open = storage;
        if (open == null) {
            open = Storage.open(database, writer, System.currentTimeMillis());
            storage = open;
            writer = open.writer();
        }
        return open;
    }

    /// Waits for entries; once [#close] was called, takes what is there.
    private void gather() {
        try {
            if (!closing) {
                drained.add(queue.take());
                for (int i = company; i < SLICES && queue.size() < ENOUGH; i++) {
                    Thread.sleep(SLICE_MILLIS);
                }
            }
        } catch (InterruptedException _) {
            closing = true; // only close() interrupts, and what is left is still written
        }
        queue.drainTo(drained);
        for (Entry entry : drained) {
            Recorded recorded = Recorded.of(entry);
            cells.add(recorded);
            pending.add(recorded);
        }
        drained.clear();
        inHand = pending.size();
        company = 0;
    }

    /// Whether what is pending could be written.
    private boolean written() {
        long more = dropped.sumThenReset();
        owed += more;
        untold += more;
        long now = System.currentTimeMillis();
        try {
            Storage open = open();
            if (!open.holds(batch)) {
                owedInBatch = owed;
                open.write(batch, pending, cells, owed, now);
            }
            tellLost(now);
            recovered();
            owed -= owedInBatch;
            owedInBatch = 0;
            cells.settled(now);
            sweep(open, now);
            return true;
        } catch (SQLException e) {
            complain(e);
            reopen();
            if (now - toldMillis >= TELL_MILLIS) {
                tellLost(now);
            }
            return false;
        }
    }

    private void sweep(Storage open, long now) throws SQLException {
        if (now - sweptMillis >= SWEEP_MILLIS) {
            sweptMillis = now;
            open.sweep(
                    new Sweeping(
                            now - retention.entries().millis(),
                            now - retention.minutes().millis(),
                            now - retention.hours().millis()));
        }
    }

    private void tellLost(long now) {
        if (untold > 0) {
            String why = failing ? "its store took nothing" : "more came than its store could take";
            events.tell(new Event.Lost("entries of the ledger", untold, why));
            untold = 0;
            toldMillis = now;
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("the ledger is written again: {}", database.name());
        }
    }

    /// Says once that the store fails; what it costs is said when that is known.
    private void complain(SQLException e) {
        if (!failing) {
            failing = true;
            LOG.warn(
                    "the ledger cannot be written: {}: {}; exchanges go on, and it is tried again",
                    database.name(),
                    e.getMessage());
        }
    }

    private void reopen() {
        if (storage != null) {
            storage.close();
            storage = null;
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException _) {
            closing = true;
        }
    }

    /// Writes what is queued and stops. What cannot be written in a few seconds is given up.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closing = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        long lost = givenUp.sum() + dropped.sum();
        lost += thread.isAlive() ? inHand + queue.size() : untold;
        if (lost > 0) {
            LOG.warn("the ledger was closed, and {} exchanges are not recorded", lost);
            events.tell(
                    new Event.Lost(
                            "entries of the ledger", lost, "its store took nothing to the end"));
        }
    }
}
