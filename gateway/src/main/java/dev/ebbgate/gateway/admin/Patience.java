package dev.ebbgate.gateway.admin;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Waits of the admin API for the event loops, which answer at once or are in trouble.
final class Patience {

    private static final long SECONDS = 10;

    private Patience() {}

    /// What comes of it.
    ///
    /// @throws Refusal if nothing comes
    static <T> T await(CompletionStage<T> stage) throws Refusal {
        try {
            return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "interrupted");
        } catch (TimeoutException _) {
            throw new Refusal(503, "the gateway did not answer within " + SECONDS + "s");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
