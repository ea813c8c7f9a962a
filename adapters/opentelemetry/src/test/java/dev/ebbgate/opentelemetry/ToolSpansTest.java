package dev.ebbgate.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;
import dev.ebbgate.tools.testing.VirtualTime;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

class ToolSpansTest {

    private static final Duration TOTAL = Duration.ofSeconds(10);
    private static final ToolSettings SETTINGS = ToolSettings.of(TOTAL);
    private static final Tool<String, String> LEAF =
            Tool.of(
                    "leaf",
                    SETTINGS,
                    (_, ctx) -> {
                        ctx.sleep(Duration.ofSeconds(1));
                        return "secret";
                    });
    private static final Tool<String, String> TREE =
            Tool.of(
                    "tree",
                    SETTINGS,
                    (args, ctx) -> ctx.child(LEAF, args, ToolOptions.call("call_2")).orThrow());

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final OpenTelemetrySdk telemetry =
            OpenTelemetrySdk.builder()
                    .setTracerProvider(
                            SdkTracerProvider.builder()
                                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                                    .build())
                    .build();
    private final VirtualTime time = new VirtualTime(1);
    private final ToolSpans spans = new ToolSpans(telemetry, time);

    private void play(ToolRuntime.Builder builder, Tool<String, String> tool) {
        ToolRuntime runtime = builder.time(time).listener(spans).build();
        time.play(() -> {
            Span asked = telemetry.getTracer("test").spanBuilder("asked").startSpan();
            try (Scope _ = asked.makeCurrent()) {
                var call = runtime.start(tool, "secret", ToolOptions.call("call_1"));
                var _ = call.await();
                boolean _ = call.awaitTerminated(Duration.ofHours(1));
            } finally {
                asked.end();
            }
            runtime.close();
        });
    }

    private void play(Tool<String, String> tool) {
        play(ToolRuntime.builder().carrying(spans), tool);
    }

    private SpanData span(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String attribute(SpanData span, String key) {
        return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
    }

    @Test
    void nestedRuns_lieBeneathTheBodiesThatCalledThem() {
        play(TREE);

        assertThat(chain("attempt leaf"))
                .containsExactly(
                        "attempt leaf",
                        "execute_tool leaf",
                        "attempt tree",
                        "execute_tool tree",
                        "asked");
    }

    @Test
    void withoutTheCallersContext_nestedRunsLieBeneathTheirParentsAllTheSame() {
        play(ToolRuntime.builder(), TREE);

        assertThat(chain("attempt leaf"))
                .containsExactly(
                        "attempt leaf", "execute_tool leaf", "attempt tree", "execute_tool tree");
    }

    private List<String> chain(String name) {
        List<SpanData> all = exporter.getFinishedSpanItems();
        List<String> chain = new java.util.ArrayList<>();
        SpanData at = span(name);
        while (at != null) {
            chain.add(at.getName());
            String parent = at.getParentSpanId();
            at = all.stream().filter(it -> it.getSpanId().equals(parent)).findFirst().orElse(null);
        }
        return chain;
    }

    @Test
    void run_isNamedAsTheConventionsSay_andTellsNeitherArgumentsNorResults() {
        play(LEAF);

        SpanData run = span("execute_tool leaf");
        assertThat(attribute(run, "gen_ai.operation.name")).isEqualTo("execute_tool");
        assertThat(attribute(run, "gen_ai.tool.name")).isEqualTo("leaf");
        assertThat(attribute(run, "gen_ai.tool.call.id")).isEqualTo("call_1");
        assertThat(attribute(run, "ebbgate.tool.outcome")).isEqualTo("completed");
        assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(seconds(run)).isEqualTo(1);
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("secret");
    }

    @Test
    void limitThatFired_isTheErrorOfItsRun() {
        play(
                Tool.of(
                        "slow",
                        SETTINGS,
                        (_, ctx) -> {
                            ctx.sleep(Duration.ofMinutes(1));
                            return "late";
                        }));

        SpanData run = span("execute_tool slow");
        assertThat(run.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(attribute(run, "error.type")).isEqualTo("timed out: total");
        assertThat(attribute(run, "ebbgate.tool.limit.value")).isEqualTo("10s");
        assertThat(attribute(run, "ebbgate.tool.limit.source")).isEqualTo("tool slow");
        assertThat(seconds(run)).isEqualTo(10);
    }

    @Test
    void eachAttempt_isASpanOfItsOwn() {
        AtomicInteger calls = new AtomicInteger();
        play(
                Tool.of(
                        "shaky",
                        SETTINGS.withRetry(RetryPolicy.of(2)),
                        (_, _) -> {
                            if (calls.incrementAndGet() == 1) {
                                throw new IllegalStateException("secret");
                            }
                            return "done";
                        }));

        assertThat(exporter.getFinishedSpanItems())
                .filteredOn(span -> span.getName().equals("attempt shaky"))
                .extracting(span ->
                        span.getAttributes().get(AttributeKey.longKey("ebbgate.tool.attempt")))
                .containsExactly(1L, 2L);
        assertThat(exporter.getFinishedSpanItems().toString()).doesNotContain("secret");
    }

    @Test
    void bodyThatIsGivenUp_endsItsSpan_andItsRunsSpanEndedWithTheOutcome() {
        ToolSettings deaf = ToolSettings.of(ToolLimits.of(TOTAL)).withMode(CancelMode.COOPERATIVE);
        play(
                Tool.of(
                        "deaf",
                        deaf,
                        (_, ctx) -> {
                            long until = ctx.clock().nanoTime() + Duration.ofMinutes(1).toNanos();
                            while (ctx.clock().nanoTime() < until) {
                                ctx.clock().park(until);
                            }
                            return "late";
                        }));

        assertThat(seconds(span("execute_tool deaf"))).isEqualTo(10);
        assertThat(span("attempt deaf").getStatus().getDescription())
                .isEqualTo("given up; may still be running");
    }

    private static long seconds(SpanData span) {
        long nanos = span.getEndEpochNanos() - span.getStartEpochNanos();
        return Math.round(nanos / 1e9);
    }
}
