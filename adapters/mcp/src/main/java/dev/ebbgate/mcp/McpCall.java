package dev.ebbgate.mcp;

import dev.ebbgate.core.tool.Decision;
import dev.ebbgate.tools.ToolContext;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// One call of a tool on its way: one attempt, one request. Safe for threads.
final class McpCall {

    /// Under which the SDK's transport context holds it.
    static final String KEY = "dev.ebbgate.mcp.call";

    private final ToolContext context;
    private final Wire wire;
    private final String progressToken = UUID.randomUUID().toString();
    private final CompletableFuture<CallToolResult> answer = new CompletableFuture<>();
    private @Nullable Object requestId;
    private @Nullable Runnable closing;
    private boolean sent;
    private boolean givenUp;

    McpCall(ToolContext context, Wire wire) {
        this.context = context;
        this.wire = wire;
    }

    String progressToken() {
        return progressToken;
    }

    /// A sign of life. It renews no limit but those on silence.
    void progressed(ProgressNotification notice) {
        double share = notice.total() == null ? -1 : notice.progress() / notice.total();
        if (share >= 0 && share <= 1) {
            context.progress(share);
        } else {
            context.heartbeat();
        }
    }

    /// Its request is about to leave.
    ///
    /// @return false if nobody wants it any more
    synchronized boolean begin(Object id) {
        requestId = id;
        return !givenUp;
    }

    /// Its request has left. A farewell that was due meanwhile follows it, never precedes it.
    void sent() {
        boolean due;
        synchronized (this) {
            sent = true;
            due = givenUp;
        }
        if (due) {
            leave();
        }
    }

    /// The exchange in which the answer will come is closed by this; the last one given counts.
    void closedBy(Runnable close) {
        boolean due;
        synchronized (this) {
            closing = close;
            due = givenUp;
        }
        if (due) {
            close.run();
        }
    }

    /// That exchange is over: what has not come will not come.
    void streamEnded() {
        wire.ending(this);
    }

    /// Nobody wants it any more. After its answer, or repeated, it changes nothing.
    void giveUp() {
        boolean due;
        synchronized (this) {
            if (givenUp || answer.isDone()) {
                return;
            }
            givenUp = true;
            due = sent;
        }
        if (due) {
            leave();
        }
        answer.cancel(false);
    }

    private void leave() {
        wire.cancel(this);
        Runnable close;
        synchronized (this) {
            close = closing;
        }
        if (close != null) {
            close.run();
        }
    }

    void answered(CallToolResult result) {
        answer.complete(result);
    }

    void failed(Throwable error) {
        answer.completeExceptionally(error);
    }

    /// @throws ExecutionException with what went wrong
    CallToolResult await() throws InterruptedException, ExecutionException {
        return answer.get();
    }

    /// Null until its request has an id.
    synchronized @Nullable Object requestId() {
        return requestId;
    }

    /// Why it was given up.
    String reason() {
        Decision reason = context.token().reason();
        return reason == null ? "not wanted any more" : reason.text();
    }
}
