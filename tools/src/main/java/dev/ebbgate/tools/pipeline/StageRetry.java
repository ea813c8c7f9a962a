package dev.ebbgate.tools.pipeline;

import dev.ebbgate.core.tool.RetryPolicy;
import dev.ebbgate.tools.ToolCancelledException;
import dev.ebbgate.tools.ToolContext;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/// Tries again what is further in.
record StageRetry(RetryPolicy policy, DoubleSupplier chance) implements Interceptor {

    @Override
    public Object around(StageCall call, Next next) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return next.go(call);
            } catch (InterruptedException | ToolCancelledException e) {
                throw e;
            } catch (Exception e) {
                Duration wait = wait(attempt);
                if (attempt == policy.attempts() || !mayTryAgain(e, call, wait)) {
                    throw e;
                }
                call.ctx().sleep(wait);
            }
        }
    }

    private Duration wait(int attempt) {
        return Duration.ofNanos(policy.waitNanos(attempt, chance.getAsDouble()));
    }

    private boolean mayTryAgain(Exception error, StageCall call, Duration wait) throws Exception {
        ToolContext ctx = call.ctx();
        boolean allowed =
                error instanceof StageStoppedException stopped
                        ? policy.onTimeout() && stopped.isOwn() && hasEnded(stopped, call)
                        : policy.onFailure() && call.settings().retryable().test(error);
        Duration needed = wait.plusNanos(policy.needs().nanos());
        return allowed && ctx.remaining().compareTo(needed) > 0;
    }

    private static boolean hasEnded(StageStoppedException stopped, StageCall call)
            throws Exception {
        Duration grace = Duration.ofNanos(call.settings().limits().grace().nanos());
        return call.settings().idempotent()
                || call.ctx().waiting(() -> stopped.awaitTerminated(grace));
    }
}
