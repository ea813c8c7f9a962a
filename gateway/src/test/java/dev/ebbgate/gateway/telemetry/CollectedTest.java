package dev.ebbgate.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledgers;
import dev.ebbgate.core.upkeep.Telemetry;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.sim.JournalEntry;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// What a collector gets of a real gateway, and what its provider is told.
class CollectedTest {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "traceparent: 00-" + ID + "-" + PARENT + "-01";
    private static final long SECOND = 1_000_000_000L;
    private static final String CANARY = "c4nary";
    private static final String SETTINGS =
            """
            listen: {port: 0}
            bounds: {stream-idle: [100ms, 1h]}
            timeouts: {first-token: 30s, stream-idle: 30s}
            failover: {retries: 0}
            providers:
              a: {dialect: openai, base-url: "${SIM}/v1", api-key: c4nary-key}
            routes:
              moved: {targets: ["a/sim:overloaded", "a/sim:burst"]}
              cut: {targets: ["a/sim:stall"], timeouts: {stream-idle: 200ms}}
              good: {targets: ["a/sim:burst"]}
            """;
    private static final String TELEMETRY =
            """
            telemetry:
              otlp: {endpoint: "${COLLECTOR}", headers: {authorization: c4nary-collector}, metrics: off}
            """;

    private final Collector collector = new Collector();
    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final List<Event> told = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>(List.of(simulator, collector));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void failover_isASpanWithOnePerAttemptInTheClientsTrace() {
        Gateway gateway = gateway(TELEMETRY);

        ask(gateway, "moved", TRACEPARENT, "tracestate: v=1");

        List<Span> spans = spans(3);
        Span whole = named(spans, Span.SpanKind.SPAN_KIND_SERVER).getFirst();
        List<Span> attempts = named(spans, Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(spans).allMatch(span -> hex(span.getTraceId()).equals(ID));
        assertThat(hex(whole.getParentSpanId())).isEqualTo(PARENT);
        assertThat(attempts)
                .hasSize(2)
                .allMatch(span -> span.getParentSpanId().equals(whole.getSpanId()))
                .allMatch(span -> span.getStartTimeUnixNano() >= whole.getStartTimeUnixNano())
                .allMatch(span -> span.getEndTimeUnixNano() <= whole.getEndTimeUnixNano());
        assertThat(simulator.journal().entries())
                .extracting(entry -> entry.received().header("traceparent"))
                .containsExactlyElementsOf(
                        attempts.stream()
                                .map(span -> "00-" + ID + "-" + hex(span.getSpanId()) + "-01")
                                .toList());
        assertThat(simulator.journal().entries())
                .allMatch(entry -> entry.received().header("tracestate").equals("v=1"));
    }

    @Test
    void spans_sayWhatTheLedgerSays() {
        Gateway gateway = gateway(TELEMETRY);

        ask(gateway, "moved");

        List<Span> spans = spans(3);
        Span whole = named(spans, Span.SpanKind.SPAN_KIND_SERVER).getFirst();
        assertThat(whole.getName()).isEqualTo("chat moved");
        assertThat(whole.getParentSpanId().isEmpty()).isTrue();
        assertThat(attributes(whole.getAttributesList()))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.request.model", "moved")
                .containsEntry("ebbgate.outcome", "completed")
                .containsEntry("http.response.status_code", "200")
                .doesNotContainKey("error.type");
        Span first = named(spans, Span.SpanKind.SPAN_KIND_CLIENT).getFirst();
        assertThat(first.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(attributes(first.getAttributesList()))
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "sim:overloaded")
                .containsEntry("ebbgate.target", "a/sim:overloaded")
                .containsEntry("server.address", "127.0.0.1")
                .containsEntry("http.response.status_code", "503")
                .containsKey("error.type");
        Span second = named(spans, Span.SpanKind.SPAN_KIND_CLIENT).getLast();
        assertThat(attributes(second.getAttributesList()))
                .containsEntry("ebbgate.cause", "failover");
        assertThat(second.getEventsList())
                .extracting(Span.Event::getName)
                .contains("connected", "head", "first-token");
        assertThat(collector.resources.getFirst()).contains("service.name", "ebbgate");
    }

    @Test
    void limitThatRanOut_isAnEventOfTheAttemptWithValueAndSource() {
        Gateway gateway = gateway(TELEMETRY);

        ask(gateway, "cut");

        Span attempt = named(spans(2), Span.SpanKind.SPAN_KIND_CLIENT).getFirst();
        assertThat(attributes(attempt.getAttributesList()))
                .containsEntry("error.type", "stream-idle");
        Span.Event fired = attempt.getEventsList().getLast();
        assertThat(fired.getName()).isEqualTo("limit-fired");
        assertThat(attributes(fired.getAttributesList()))
                .containsEntry("ebbgate.limit", "stream-idle")
                .containsEntry("ebbgate.limit.value", "200ms")
                .containsEntry("ebbgate.limit.source", "routes.cut.timeouts.stream-idle")
                .containsEntry("ebbgate.limit.phase", "stream");
    }

    @Test
    void traceThatItsClientDoesNotKeep_isPassedOnAndNotSent() {
        Gateway gateway = gateway(TELEMETRY);

        ask(gateway, "good", "traceparent: 00-" + ID + "-" + PARENT + "-00");
        ask(gateway, "good", TRACEPARENT);

        assertThat(spans(2)).hasSize(2);
        assertThat(simulator.journal().entries())
                .extracting(entry -> entry.received().header("traceparent").substring(0, 35))
                .containsOnly("00-" + ID);
    }

    @Test
    void traceparentThatIsNone_beginsATraceAndItsStateIsDropped() {
        Gateway gateway = gateway(TELEMETRY);

        ask(gateway, "good", "traceparent: nonsense", "tracestate: v=1");

        JournalEntry.Received asked = simulator.journal().entries().getFirst().received();
        assertThat(asked.header("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-03");
        assertThat(asked.header("tracestate")).isEmpty();
    }

    @Test
    void withoutTelemetry_theClientsContextGoesOnAsItIs() {
        Gateway gateway = gateway("");

        ask(gateway, "good", TRACEPARENT, "tracestate: v=1");

        JournalEntry.Received asked = simulator.journal().entries().getFirst().received();
        assertThat("traceparent: " + asked.header("traceparent")).isEqualTo(TRACEPARENT);
        assertThat(asked.header("tracestate")).isEqualTo("v=1");
    }

    @Test
    void collectorThatRefuses_holdsUpNothingAndTheLossIsTold() {
        collector.answering(400);
        Gateway gateway = gateway(TELEMETRY);

        RawAnswer first = ask(gateway, "good");
        Collector.await(() -> collector.isAnswered());
        ask(gateway, "good", TRACEPARENT);

        assertThat(first.status()).isEqualTo(200);
        spans(2);
        Collector.await(() -> !told.isEmpty());
        assertThat(told)
                .singleElement()
                .isEqualTo(new Event.Lost("spans", 2, "the collector did not take them"));
    }

    @Test
    void collectorThatIsGone_hasTheLossToldWhileItIs() {
        collector.close();
        Gateway gateway = gateway(TELEMETRY.replace("metrics: off", "metrics: off, timeout: 1s"));

        ask(gateway, "good");

        Collector.await(() -> !told.isEmpty());
        assertThat(told)
                .containsExactly(new Event.Lost("spans", 2, "the collector did not take them"));
    }

    @Test
    void lossesOfOneMinute_areToldTogether() {
        Complaint complaint = new Complaint("spans", "http://c:4318", told::add);

        complaint.refused(2, "it cannot be reached");
        complaint.look(0);
        complaint.refused(3, "it cannot be reached");
        complaint.look(59 * SECOND);
        complaint.lose(4, "more came than the collector took");
        complaint.look(60 * SECOND);

        assertThat(told)
                .containsExactly(
                        new Event.Lost("spans", 2, "the collector did not take them"),
                        new Event.Lost("spans", 7, "more came than the collector took"));
    }

    @Test
    void metrics_arriveUnderTheirNamesAndInSeconds() {
        Gateway gateway = gateway(TELEMETRY.replace("metrics: off", "every: 1s"));

        ask(gateway, "good");

        Collector.await(() -> metric("gen_ai.server.request.duration") > 0);
        Metric duration = last("gen_ai.server.request.duration");
        assertThat(duration.getUnit()).isEqualTo("s");
        assertThat(last("gen_ai.client.token.usage").getUnit()).isEqualTo("{token}");
        assertThat(duration.getHistogram().getDataPoints(0).getExplicitBoundsList())
                .contains(660.0, 3600.0);
    }

    @Test
    void success_hasNoTypeOfErrorAndAFailureHasOne() {
        Gateway gateway = gateway(TELEMETRY.replace("metrics: off", "every: 1s"));

        ask(gateway, "moved");

        Collector.await(() -> metric("gen_ai.client.operation.duration") > 0);
        assertThat(last("gen_ai.client.operation.duration").getHistogram().getDataPointsList())
                .extracting(point -> attributes(point.getAttributesList()).get("error.type"))
                .containsExactlyInAnyOrder("503", null);
    }

    private Metric last(String name) {
        return collector.metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @Test
    void numbersThatNobodyCanRead_areNotCounted() {
        Entry entry =
                new Entry(
                        "ebb-1",
                        0,
                        new Entry.Asked(
                                "/v1/chat/completions", Dialect.OPENAI, "r", "r", true, false, 1),
                        List.of(),
                        new Outcome.Completed(false),
                        new Entry.Told(200, false, false, 1, 1, 0),
                        new Entry.Client(null, null, null),
                        1);
        try (Collected collected = Collected.open(Telemetry.OFF, "1")) {
            collected.counted(false).record(entry);
            assertThat(collected.metrics().scrape()).doesNotContain("gen_ai_server_request");

            collected.counted(true).record(entry);
            assertThat(collected.metrics().scrape()).contains("gen_ai_server_request");
        }
    }

    @Test
    void promptsAndKeys_areInNothingThatIsSent() {
        Gateway gateway = gateway(TELEMETRY);

        ask(gateway, "moved");
        ask(gateway, "cut");

        spans(5);
        assertThat(collector.keys).containsOnly(CANARY + "-collector");
        assertThat(collector.raw).isNotEmpty().allMatch(sent -> !sent.contains(CANARY));
    }

    private long metric(String name) {
        return collector.metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .flatMap(metric -> metric.getHistogram().getDataPointsList().stream())
                .mapToLong(point -> point.getCount())
                .max()
                .orElse(0);
    }

    private Gateway gateway(String telemetry) {
        Map<String, String> environment =
                Map.of("SIM", simulator.url(), "COLLECTOR", collector.url());
        Config config =
                switch (ConfigLoader.parse("t.yaml", SETTINGS + telemetry, environment)) {
                    case ConfigLoader.Loaded(Config loaded, _) -> loaded;
                    case ConfigLoader.Refused(var problems) ->
                            throw new AssertionError(problems.toString());
                };
        Collected collected = Collected.open(config.upkeep().telemetry(), "1");
        open.add(collected);
        Gateway gateway =
                Gateway.start(config, Ledgers.of(collected.metrics(), collected), told::add);
        open.add(gateway);
        collected.trace(gateway::config, told::add);
        return gateway;
    }

    private static RawAnswer ask(Gateway gateway, String model, String... headers) {
        String body =
                """
                {"model":"%s","stream":true,"messages":[{"role":"user","content":"c4nary"}]}\
                """
                        .formatted(model);
        try (RawClient client = new RawClient(gateway.port())) {
            return client.send(RawClient.post("/v1/chat/completions", body, headers)).answer();
        }
    }

    /// So many spans, as soon as they have come.
    private List<Span> spans(int count) {
        Collector.await(() -> collector.spans.size() >= count);
        return collector.spans;
    }

    private static List<Span> named(List<Span> spans, Span.SpanKind kind) {
        return spans.stream()
                .filter(span -> span.getKind() == kind)
                .sorted(Comparator.comparingLong(Span::getStartTimeUnixNano))
                .toList();
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(KeyValue::getKey, pair -> text(pair.getValue())));
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            default -> throw new AssertionError(value.toString());
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
