package dev.ebbgate.tools;

import dev.ebbgate.core.tool.CancelReason;
import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.tools.event.RunId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// A call that got another one's run, under the id that its own caller knows.
record JoinedCall<R>(ToolCall<R> run, RunId id) implements ToolCall<R> {

    @Override
    public Outcome<R> await() throws InterruptedException {
        return run.await();
    }

    @Override
    public boolean awaitTerminated(Duration atMost) throws InterruptedException {
        return run.awaitTerminated(atMost);
    }

    @Override
    public @Nullable Outcome<R> outcome() {
        return run.outcome();
    }

    @Override
    public CompletionStage<Outcome<R>> settled() {
        return run.settled();
    }

    @Override
    public CompletionStage<Effects> terminated() {
        return run.terminated();
    }

    @Override
    public void cancel(CancelReason reason) {
        run.cancel(reason);
    }

    @Override
    public List<Object> partials() {
        return run.partials();
    }

    @Override
    public PartialReader reader() {
        return run.reader();
    }

    @Override
    public Effects effects() {
        return run.effects();
    }

    @Override
    public List<Decision> chain() {
        return run.chain();
    }
}
