package dev.ebbgate.gateway;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/// Writes every exchange as one JSON line, off the threads that move bytes. What comes faster than
/// the output takes it, or while it takes nothing, is dropped and counted, and the count is said in
/// a later line.
public final class JsonLines implements Ledger, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JsonLines.class);
    private static final int QUEUE = 10_000;

    /// How many bytes leave in one write, at least, while there are so many: a multiple of what the
    /// file system writes at once.
    private static final int PAGE_BYTES = 64 * 1024;

    private static final long LAST_MILLIS = 2_000;

    /// How long lines may wait for company: being woken for each would cost every exchange a switch
    /// of threads.
    private static final long GATHER_MILLIS = 20;

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final OutputStream out;
    private final ByteArrayOutputStream page = new ByteArrayOutputStream(PAGE_BYTES * 2);
    private final LineWriter lines;
    private final Thread writer;
    private volatile boolean closing;

    /// Lines of the batch that the stream is taking just now, and those dropped before them.
    private volatile long underWay;

    // Of the writer alone: lines of its batch that are out, and how many dropped ones the others
    // say.
    private int handedOver;
    private long owed;
    private boolean complained;

    /// Lines to this stream, which is flushed after every batch and stays open.
    public JsonLines(OutputStream out) {
        this.out = out;
        try {
            this.lines = new LineWriter(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.writer = Thread.ofPlatform().daemon().name("ebbgate-lines").start(this::write);
    }

    @Override
    public void record(Entry entry) {
        if (!queue.offer(entry)) {
            dropped.increment();
        }
    }

    private void write() {
        List<Entry> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            gather(batch);
            try {
                write(batch);
            } catch (IOException e) {
                lost(batch, e);
            }
            batch.clear();
        }
    }

    /// Waits for entries; once [#close] was called, takes what is there.
    private void gather(List<Entry> batch) {
        try {
            if (!closing) {
                batch.add(queue.take());
                Thread.sleep(GATHER_MILLIS);
            }
        } catch (InterruptedException _) {
            closing = true; // only close() interrupts, and what is left is still written
        }
        queue.drainTo(batch);
    }

    private void write(List<Entry> batch) throws IOException {
        handedOver = 0;
        for (int i = 0; i < batch.size(); i++) {
            long before = dropped.sumThenReset();
            owed += before;
            lines.write(batch.get(i), before);
            lines.flush();
            if (page.size() >= PAGE_BYTES || i == batch.size() - 1) {
                underWay = owed + batch.size() - handedOver;
                page.writeTo(out);
                page.reset();
                handedOver = i + 1;
                owed = 0;
            }
        }
        out.flush();
        underWay = 0;
    }

    /// Nobody reads the lines, or there is no place for them, now: exchanges go on without them.
    private void lost(List<Entry> batch, IOException e) {
        dropped.add(owed + batch.size() - handedOver);
        owed = 0;
        underWay = 0;
        page.reset();
        if (!complained) {
            complained = true;
            LOG.warn("exchange lines cannot be written and are dropped: {}", e.getMessage());
        }
    }

    /// Writes what is queued and stops; what is not taken in time is lost, and told.
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        try {
            writer.join(LAST_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        long left = dropped.sum() + underWay + queue.size();
        if (left > 0) {
            LOG.warn("{} exchange lines were not written", left);
        }
    }
}
