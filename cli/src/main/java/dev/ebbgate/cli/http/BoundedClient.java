package dev.ebbgate.cli.http;

import dev.ebbgate.core.limit.Span;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A client that never waits longer than it was told to, whatever the other side does. The JDK's
/// own limit on a request ends with the head of the answer, and its `close` waits for exchanges
/// that nobody will end. Thread-safe.
public final class BoundedClient implements AutoCloseable {

    private final HttpClient client;

    /// @param builder whose client this one owns
    public BoundedClient(HttpClient.Builder builder) {
        this.client = builder.version(HttpClient.Version.HTTP_1_1).build();
    }

    /// Asks.
    ///
    /// @param patience from the look-up of the name to the last byte of the answer's body
    /// @throws HttpTimeoutException when it is over; the request is then given up
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler, Span patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, handler);
        try {
            return answer.get(patience.nanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new HttpTimeoutException("no whole answer within " + patience);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true); // nothing, where it is there
        }
    }

    /// Gives up what is under way, and waits for nothing.
    @Override
    public void close() {
        client.shutdownNow();
    }
}
