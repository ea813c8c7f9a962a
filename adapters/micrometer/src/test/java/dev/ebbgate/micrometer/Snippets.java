package dev.ebbgate.micrometer;

import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.log.RunLog;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import io.micrometer.core.instrument.MeterRegistry;

/// What `docs/tool-observers.md` shows.
final class Snippets {

    private Snippets() {}

    static ToolRuntime watched(MeterRegistry registry) {
        // <meters>
        ToolMeters meters = new ToolMeters(registry);
        ToolRuntime runtime =
                ToolRuntime.builder()
                        .listener(meters.and(new RunLog(System.out::println)))
                        .carrying(CarriedContext.all()) // MDC, observations, traces
                        .build();
        meters.watch(runtime);
        // </meters>
        return runtime;
    }

    static void register() {
        // <mdc>
        ContextRegistry.getInstance().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
        // </mdc>
    }
}
