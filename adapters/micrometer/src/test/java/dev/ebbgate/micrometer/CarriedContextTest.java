package dev.ebbgate.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import java.time.Duration;

class CarriedContextTest {

    private static final Tool<String, String> READER =
            Tool.of(
                    "reader",
                    ToolSettings.of(Duration.ofSeconds(30)),
                    (key, _) -> String.valueOf(MDC.get(key)));

    private static final Tool<String, String> NESTING =
            Tool.of(
                    "nesting",
                    ToolSettings.of(Duration.ofSeconds(30)),
                    (key, ctx) -> ctx.child(READER, key, ToolOptions.DEFAULT).orThrow());

    private final ContextRegistry registry =
            new ContextRegistry().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void mdcOfTheCaller_isThatOfTheBody_andOfToolsItCalls() throws Exception {
        var factory = ContextSnapshotFactory.builder().contextRegistry(registry).build();
        try (ToolRuntime runtime =
                ToolRuntime.builder().carrying(CarriedContext.of(factory)).build()) {
            MDC.put("tenant", "acme");

            var flat = runtime.start(READER, "tenant", ToolOptions.DEFAULT);
            var nested = runtime.start(NESTING, "tenant", ToolOptions.DEFAULT);
            MDC.put("tenant", "another");

            assertThat(flat.await().orThrow()).isEqualTo("acme");
            assertThat(nested.await().orThrow()).isEqualTo("acme");
        }
    }

    @Test
    void withoutIt_theBodyKnowsNothing() throws Exception {
        try (ToolRuntime runtime = ToolRuntime.create()) {
            MDC.put("tenant", "acme");

            var call = runtime.start(READER, "tenant", ToolOptions.DEFAULT);

            assertThat(call.await().orThrow()).isEqualTo("null");
        }
    }
}
