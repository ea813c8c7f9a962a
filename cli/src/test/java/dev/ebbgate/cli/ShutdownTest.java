package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

class ShutdownTest {
    private final CompletableFuture<Void> drain = new CompletableFuture<>();
    private final List<Integer> halts = new ArrayList<>();
    private final AtomicInteger hurried = new AtomicInteger();
    private final Shutdown shutdown =
            new Shutdown(() -> drain, hurried::incrementAndGet, halts::add);

    @Test
    void firstSignal_drains_andEndsWithTheDrain() {
        shutdown.onSignal(15);

        assertThat(shutdown.drained()).isNotDone();
        drain.complete(null);
        assertThat(shutdown.drained()).isCompleted();
        assertThat(halts).isEmpty();
    }

    @Test
    void secondSignal_endsWhatRuns_thenTheProcess() {
        shutdown.onSignal(15);

        shutdown.onSignal(2);

        assertThat(hurried).hasValue(1);
        assertThat(halts).containsExactly(130);
    }

    @Test
    void drainThatEndsAfterASecondSignal_doesNotChangeTheExitCode() {
        shutdown.onSignal(15);
        shutdown.onSignal(15);

        drain.complete(null);

        assertThat(shutdown.drained()).isNotDone();
        assertThat(halts).containsExactly(143);
    }

    @Test
    void thirdSignal_doesNotWait() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        Shutdown stuck =
                new Shutdown(
                        () -> drain,
                        () -> {
                            begun.countDown();
                            await(never);
                        },
                        codes::add);
        stuck.onSignal(15);
        Thread second = Thread.ofVirtual().start(() -> stuck.onSignal(15));
        await(begun);

        stuck.onSignal(2);

        assertThat(codes.poll()).isEqualTo(130);
        second.join(); // a second at most, although what it waits for never comes
        assertThat(codes.poll()).isEqualTo(143);
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void failedDrain_isToldToWhoWaits() {
        shutdown.onSignal(15);

        drain.completeExceptionally(new IllegalStateException("told"));

        assertThat(shutdown.drained()).isCompletedExceptionally();
    }
}
