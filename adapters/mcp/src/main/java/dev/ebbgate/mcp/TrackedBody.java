package dev.ebbgate.mcp;

import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/// The body of a request that says whose it is: the one thing of a request that reaches the client
/// as it was made.
record TrackedBody(BodyPublisher body, McpCall call) implements BodyPublisher {

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(subscriber);
    }
}
