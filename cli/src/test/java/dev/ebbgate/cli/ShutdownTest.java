package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ShutdownTest {
    private final CompletableFuture<Void> drain = new CompletableFuture<>();
    private final List<Integer> halts = new ArrayList<>();
    private final Shutdown shutdown = new Shutdown(() -> drain, halts::add);

    @Test
    void firstSignal_drains_andEndsWithTheDrain() {
        shutdown.onSignal(15);

        assertThat(shutdown.drained()).isNotDone();
        drain.complete(null);
        assertThat(shutdown.drained()).isCompleted();
        assertThat(halts).isEmpty();
    }

    @Test
    void secondSignal_endsNow() {
        shutdown.onSignal(15);

        shutdown.onSignal(2);

        assertThat(halts).containsExactly(130);
    }

    @Test
    void failedDrain_isToldToWhoWaits() {
        shutdown.onSignal(15);

        drain.completeExceptionally(new IllegalStateException("told"));

        assertThat(shutdown.drained()).isCompletedExceptionally();
    }
}
