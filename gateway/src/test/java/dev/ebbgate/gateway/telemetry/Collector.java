package dev.ebbgate.gateway.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;

/// A collector that understands what it is sent. It answers 200 unless told otherwise.
final class Collector implements AutoCloseable {

    private static final long PATIENCE_NANOS = 20_000_000_000L;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    final List<Span> spans = new CopyOnWriteArrayList<>();
    final List<Metric> metrics = new CopyOnWriteArrayList<>();
    final List<String> raw = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<String> resources = new CopyOnWriteArrayList<>();

    Collector() {
        try {
            InetAddress here = InetAddress.getLoopbackAddress();
            server = HttpServer.create(new InetSocketAddress(here, 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /// The statuses of the next answers.
    Collector answering(Integer... next) {
        statuses.addAll(List.of(next));
        return this;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange);
        Integer status = statuses.poll();
        if (status == null) {
            raw.add(new String(body, ISO_8859_1));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")));
            decode(exchange.getRequestURI().getPath(), body);
        }
        exchange.sendResponseHeaders(status == null ? 200 : status, -1);
        exchange.close();
    }

    /// Whether it has refused all that it was told to refuse.
    boolean isAnswered() {
        return statuses.isEmpty();
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        String encoding = exchange.getRequestHeaders().getFirst("content-encoding");
        try (InputStream in = exchange.getRequestBody()) {
            return "gzip".equals(encoding)
                    ? new GZIPInputStream(in).readAllBytes()
                    : in.readAllBytes();
        }
    }

    private void decode(String path, byte[] body) throws IOException {
        switch (path) {
            case "/v1/traces" ->
                    ExportTraceServiceRequest.parseFrom(body)
                            .getResourceSpansList()
                            .forEach(told -> {
                                resources.add(told.getResource().toString());
                                told.getScopeSpansList()
                                        .forEach(scope -> spans.addAll(scope.getSpansList()));
                            });
            case "/v1/metrics" ->
                    ExportMetricsServiceRequest.parseFrom(body)
                            .getResourceMetricsList()
                            .forEach(told -> {
                                resources.add(told.getResource().toString());
                                told.getScopeMetricsList()
                                        .forEach(scope -> metrics.addAll(scope.getMetricsList()));
                            });
            default -> throw new AssertionError("nothing is served at " + path);
        }
    }

    /// Waits until something is so; fails if it never is.
    static void await(BooleanSupplier expected) {
        long start = System.nanoTime();
        while (!expected.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("it never came to pass");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
