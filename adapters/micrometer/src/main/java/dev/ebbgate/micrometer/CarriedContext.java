package dev.ebbgate.micrometer;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Carries what the caller's thread knows over to the bodies of tools, for
/// `ToolRuntime.Builder.carrying`: every thread-local that is registered with Micrometer's
/// `ContextRegistry`. For MDC register `Slf4jThreadLocalAccessor`; tracers register their own.
public final class CarriedContext {

    private CarriedContext() {}

    /// Everything that is registered; what the caller's thread lacks is missing in the body.
    public static Supplier<UnaryOperator<Runnable>> all() {
        return of(ContextSnapshotFactory.builder().clearMissing(true).build());
    }

    /// What this factory captures.
    public static Supplier<UnaryOperator<Runnable>> of(ContextSnapshotFactory factory) {
        return () -> {
            ContextSnapshot known = factory.captureAll();
            return known::wrap;
        };
    }
}
