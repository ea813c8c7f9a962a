package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.ledger.Trace;
import dev.ebbgate.core.upkeep.Telemetry.Otlp;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Sends the spans of exchanges that are over to a collector, off the threads that move bytes. A
/// collector that is slow or gone holds up nothing: what does not fit into a bounded queue, or is
/// not taken, is dropped and counted, and the count is told.
final class Traces implements Ledger, AutoCloseable {

    /// How many exchanges wait.
    private static final int QUEUE = 2_048;

    /// How many exchanges go at once.
    private static final int BATCH = 256;

    /// How often it looks: being woken for each entry would cost every exchange a switch of
    /// threads.
    private static final long LOOK_MILLIS = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder crowded = new LongAdder();
    private final Spans spans;
    private final SpanExporter exporter;
    private final Duration timeout;
    private final Complaint complaint;
    private final Supplier<Config> config;
    private final Thread sender;
    private volatile boolean closing;

    /// Sends until [#close].
    ///
    /// @param config in force at each time
    /// @param events is told of what was lost
    Traces(Otlp otlp, String version, Supplier<Config> config, Events events) {
        this.spans = new Spans(Own.resource(otlp, version));
        this.timeout = Duration.ofNanos(otlp.sent().timeout().nanos());
        this.exporter = exporter(otlp, timeout);
        this.config = config;
        this.complaint = new Complaint("spans", otlp.endpoint().value().toString(), events);
        this.sender = Thread.ofPlatform().daemon().name("ebbgate-traces").start(this::run);
    }

    private static SpanExporter exporter(Otlp otlp, Duration timeout) {
        Own.hushLibrary();
        OtlpHttpSpanExporterBuilder builder =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(otlp.endpoint().value() + "/v1/traces")
                        .setTimeout(timeout)
                        .setCompression("gzip");
        otlp.headers().forEach((name, value) -> builder.addHeader(name, value.reveal()));
        return builder.build();
    }

    @Override
    public void record(Entry entry) {
        Trace trace = entry.client().trace();
        if (trace != null && trace.sampled() && !queue.offer(entry)) {
            crowded.increment();
        }
    }

    private void run() {
        List<Entry> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            pause();
            while (queue.drainTo(batch, BATCH) > 0) {
                send(batch);
                batch.clear();
                lookAtLosses();
            }
            lookAtLosses();
        }
        complaint.over();
    }

    private void lookAtLosses() {
        complaint.lose(crowded.sumThenReset(), "more came than the collector took");
        complaint.look(System.nanoTime());
    }

    private void pause() {
        try {
            if (!closing) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException _) {
            closing = true; // only close() interrupts, and what is left is still sent
        }
    }

    private void send(List<Entry> batch) {
        List<SpanData> all = new ArrayList<>();
        try {
            Config now = config.get();
            for (Entry entry : batch) {
                if (entry.client().trace() != null) {
                    all.addAll(spans.of(entry, entry.client().trace(), now));
                }
            }
            CompletableResultCode sent = exporter.export(all);
            // Twice: the exporter tries again within its own time.
            sent.join(2 * timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (sent.isSuccess()) {
                complaint.taken();
            } else {
                complaint.refused(all.size(), Complaint.words(sent.getFailureThrowable()));
            }
        } catch (RuntimeException e) {
            complaint.refused(all.size(), Complaint.words(e));
        }
    }

    /// Sends what waits, as far as that can be done in two seconds, and stops.
    @Override
    public void close() {
        closing = true;
        try {
            if (!sender.join(PATIENCE)) {
                sender.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        exporter.shutdown();
    }
}
