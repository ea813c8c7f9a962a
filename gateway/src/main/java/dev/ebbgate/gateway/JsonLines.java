package dev.ebbgate.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;

import dev.ebbgate.core.exchange.Attempt;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/// Writes every exchange as one JSON line, off the threads that move bytes. What comes faster than
/// the output takes it is dropped and counted, and the count is said in a later line.
public final class JsonLines implements Ledger, AutoCloseable {

    private static final int QUEUE = 10_000;
    private static final int LONGEST_TEXT = 200;
    private static final long MILLIS_PER_SECOND = 1_000;

    /// How long lines may wait for company: being woken for each would cost every exchange a switch
    /// of threads.
    private static final long GATHER_MILLIS = 20;

    private final JsonFactory json =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder dropped = new LongAdder();
    private final OutputStream out;
    private final Thread writer;
    private volatile boolean closing;
    private long lastSecond = Long.MIN_VALUE;
    private String lastSecondText = "";

    /// Lines to this stream, which is flushed after every batch and stays open.
    public JsonLines(OutputStream out) {
        this.out = out;
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
        try (JsonGenerator lines = json.createGenerator(out)) {
            lines.setRootValueSeparator(null);
            while (!closing || !queue.isEmpty()) {
                gather(batch);
                for (Entry entry : batch) {
                    line(lines, entry);
                }
                lines.flush();
                batch.clear();
            }
        } catch (IOException _) {
            // Nobody reads the lines any more; exchanges go on without them.
            dropped.add(batch.size());
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

    /// Writes what is queued and stops.
    @Override
    public void close() {
        closing = true;
        writer.interrupt();
        try {
            writer.join(2_000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void line(JsonGenerator line, Entry entry) throws IOException {
        line.writeStartObject();
        line.writeStringField("time", time(entry.arrivedMillis()));
        line.writeStringField("exchange", entry.exchange());
        asked(line, entry.asked());
        attempts(line, entry.attempts());
        outcome(line, entry.outcome());
        told(line, entry.told());
        client(line, entry.client());
        millis(line, "total_ms", entry.totalNanos());
        long lost = dropped.sumThenReset();
        if (lost > 0) {
            line.writeNumberField("lines_dropped_before", lost);
        }
        line.writeEndObject();
        line.writeRaw('\n');
    }

    /// The moment in UTC; most lines share their second with the one before.
    private String time(long epochMillis) {
        long second = Math.floorDiv(epochMillis, MILLIS_PER_SECOND);
        if (second != lastSecond) {
            lastSecond = second;
            lastSecondText = Instant.ofEpochSecond(second).toString().replace("Z", ".");
        }
        long millis = Math.floorMod(epochMillis, MILLIS_PER_SECOND);
        return lastSecondText + (millis < 100 ? millis < 10 ? "00" : "0" : "") + millis + "Z";
    }

    private static void asked(JsonGenerator line, Entry.Asked asked) throws IOException {
        line.writeStringField("operation", asked.operation());
        line.writeStringField("route", asked.route());
        line.writeStringField("model", cut(asked.model()));
        line.writeBooleanField("stream", asked.streamed());
    }

    private static void attempts(JsonGenerator line, List<Entry.Tried> attempts)
            throws IOException {
        line.writeArrayFieldStart("attempts");
        for (Entry.Tried tried : attempts) {
            Attempt.Waits waits = tried.waits();
            line.writeStartObject();
            line.writeStringField("target", tried.target());
            line.writeStringField("outcome", tried.outcome().key());
            line.writeStringField("phase", tried.phase().key());
            span(line, "connect_ms", waits.startNanos(), waits.usableNanos());
            span(line, "first_token_ms", waits.usableNanos(), waits.firstTokenNanos());
            span(line, "stream_ms", waits.firstTokenNanos(), waits.overNanos());
            millis(line, "longest_gap_ms", waits.longestGapNanos());
            line.writeEndObject();
        }
        line.writeEndArray();
    }

    private static void outcome(JsonGenerator line, Outcome outcome) throws IOException {
        line.writeStringField("outcome", outcome.key());
        switch (outcome) {
            case Outcome.Completed(boolean repaired) ->
                    line.writeBooleanField("end_supplied", repaired);
            case Outcome.Failed(Failure failure) -> line.writeStringField("cause", cause(failure));
            case Outcome.TimedOut(Fired fired) -> {
                line.writeStringField("limit", fired.limit().limit().key());
                line.writeStringField("value", fired.limit().value().toString());
                line.writeStringField("source", fired.limit().source());
                line.writeStringField("phase", fired.phase().key());
                millis(line, "elapsed_ms", fired.elapsedNanos());
            }
            case Outcome.Cancelled(CancelReason reason) ->
                    line.writeStringField("reason", reason.key());
        }
    }

    private static String cause(Failure failure) {
        return switch (failure) {
            case Failure.ConnectFailed(String why) -> "connect: " + why;
            case Failure.Malformed(String what) -> "malformed: " + what;
            case Failure.StreamError(int status, Meaning _) -> "stream-error " + status;
            case Failure.BadStatus(int status, boolean _, Meaning _, Span _) -> "status " + status;
            case Failure.NoRoom(String bound) -> "no room: " + bound;
            case Failure.Reset _, Failure.Truncated _, Failure.Defect _ ->
                    failure.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    private static void told(JsonGenerator line, Entry.Told told) throws IOException {
        line.writeNumberField("status", told.status());
        line.writeBooleanField("early_head", told.earlyHead());
        line.writeBooleanField("error_inside_200", told.errorInside());
        line.writeNumberField("chunks", told.chunks());
        line.writeNumberField("bytes", told.bytes());
        if (told.skipped() > 0) {
            line.writeNumberField("skipped_events", told.skipped());
        }
    }

    private static void client(JsonGenerator line, Entry.Client client) throws IOException {
        line.writeStringField("key", client.key());
        line.writeStringField("user_agent", cut(client.userAgent()));
        line.writeStringField("tag", cut(client.tag()));
    }

    private static void span(JsonGenerator line, String name, long from, long to)
            throws IOException {
        if (from == Deadline.NEVER || to == Deadline.NEVER) {
            line.writeNullField(name);
        } else {
            millis(line, name, to - from);
        }
    }

    /// Milliseconds with one decimal.
    private static void millis(JsonGenerator line, String name, long nanos) throws IOException {
        line.writeNumberField(name, Math.round(nanos / 1e5) / 10.0);
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null || text.length() <= LONGEST_TEXT
                ? text
                : text.substring(0, LONGEST_TEXT);
    }
}
