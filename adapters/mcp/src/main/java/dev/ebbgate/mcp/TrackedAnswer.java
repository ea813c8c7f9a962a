package dev.ebbgate.mcp;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// The body of the answer to a call: it can be closed, and tells when it is over.
final class TrackedAnswer<T> implements BodySubscriber<T> {

    private final BodySubscriber<T> reader;
    private final McpCall call;
    private Flow.@Nullable Subscription connection;
    private boolean over;

    TrackedAnswer(BodySubscriber<T> reader, McpCall call) {
        this.reader = reader;
        this.call = call;
    }

    @Override
    public CompletionStage<T> getBody() {
        return reader.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        synchronized (this) {
            connection = subscription;
        }
        reader.onSubscribe(subscription);
        call.closedBy(this::close);
    }

    /// Closes the connection, and lets the SDK know, which would remember it for ever.
    private synchronized void close() {
        if (connection != null && !over) {
            over = true;
            connection.cancel();
            reader.onError(new IOException("closed, since the call was given up"));
        }
    }

    @Override
    public synchronized void onNext(List<ByteBuffer> bytes) {
        if (!over) {
            reader.onNext(bytes);
        }
    }

    @Override
    public void onError(Throwable error) {
        if (end()) {
            reader.onError(error);
            call.streamEnded();
        }
    }

    @Override
    public void onComplete() {
        if (end()) {
            reader.onComplete();
            call.streamEnded();
        }
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }
}
