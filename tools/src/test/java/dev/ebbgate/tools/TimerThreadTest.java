package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.settings.Capacity;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// On which threads the code of users runs, in real time.
@Timeout(60)
class TimerThreadTest {

    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private final Set<String> onTheTimers = ConcurrentHashMap.newKeySet();

    /// Some code of a user's.
    private void seen(String place) {
        places.add(place);
        if (Thread.currentThread().getName().equals("ebbgate-timers")) {
            onTheTimers.add(place);
        }
    }

    @Test
    @DisplayName("law 13: no user code on the timer thread")
    void everyTimerFires_noCodeOfAUserRunsOnTheirThread() throws Exception {
        ToolRuntime runtime =
                ToolRuntime.builder()
                        .listener(event -> seen("listener"))
                        .chance(() -> {
                            seen("chance");
                            return 1;
                        })
                        .carrying(() -> {
                            seen("carrying");
                            return body -> {
                                seen("carried");
                                return body;
                            };
                        })
                        .build();
        try (runtime) {
            ToolSettings settings =
                    ToolSettings.of(ToolLimits.of(SHORT.multipliedBy(3)).withAttempt(SHORT))
                            .withSoftDeadline(0.1)
                            .withCapacity(Capacity.of(1, 9))
                            .withRetry(RetryPolicy.of(3))
                            .withRetryable(_ -> {
                                seen("retryable");
                                return true;
                            });
            Tool<String, String> tool = Tool.of("slow", settings, (_, ctx) -> slow(ctx));
            ToolOptions options = ToolOptions.DEFAULT.withLate(_ -> seen("late"));

            ToolCall<String> call = runtime.start(tool, "", options);
            ToolCall<String> queued = runtime.start(tool, "", options);
            var settled = call.settled().thenAccept(_ -> seen("settled"));
            var terminated = call.terminated().thenAccept(_ -> seen("terminated"));
            assertThat(call.awaitTerminated(SOON)).isTrue();
            assertThat(queued.awaitTerminated(SOON)).isTrue();
            settled.toCompletableFuture().join();
            terminated.toCompletableFuture().join();
        }
        assertThat(onTheTimers).isEmpty();
        assertThat(new TreeSet<>(places))
                .contains("body", "cancel", "carried", "chance", "cleanup", "listener", "soft")
                .contains("settled", "terminated");
    }

    private String slow(ToolContext ctx) throws InterruptedException {
        seen("body");
        ctx.token().onCancel(() -> seen("cancel"));
        ctx.onNearlyOver(() -> seen("soft"));
        ctx.onCleanup("note", () -> seen("cleanup"));
        ctx.sleep(SOON);
        return "never";
    }
}
