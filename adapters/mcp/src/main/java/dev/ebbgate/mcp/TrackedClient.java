package dev.ebbgate.mcp;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// A client that tells each call how to close the exchange that carries it, and when that is over.
/// The SDK keeps both to itself.
final class TrackedClient extends HttpClient {

    private static final int SUCCESS = 2;
    private static final int CLASS = 100;

    private final HttpClient client;

    TrackedClient(HttpClient client) {
        this.client = client;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        return sendAsync(request, handler, null);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> handler,
            HttpResponse.@Nullable PushPromiseHandler<T> pushed) {
        if (!(request.bodyPublisher().orElse(null) instanceof TrackedBody(var _, McpCall call))) {
            return client.sendAsync(request, handler, pushed);
        }
        CompletableFuture<Future<?>> sent = new CompletableFuture<>();
        call.closedBy(() -> cancel(sent)); // until its head is there
        var exchange = client.sendAsync(request, tracked(handler, call), pushed);
        sent.complete(exchange);
        var _ =
                exchange.exceptionally(_ -> {
                    call.streamEnded();
                    return null;
                });
        return exchange;
    }

    private static void cancel(CompletableFuture<Future<?>> sent) {
        var _ = sent.thenAccept(exchange -> exchange.cancel(true));
    }

    /// Of a refusal the SDK tells itself, and may ask again with new credentials.
    private static <T> HttpResponse.BodyHandler<T> tracked(
            HttpResponse.BodyHandler<T> handler, McpCall call) {
        return head ->
                head.statusCode() / CLASS == SUCCESS
                        ? new TrackedAnswer<>(handler.apply(head), call)
                        : handler.apply(head);
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, handler);
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public void shutdownNow() {
        client.shutdownNow();
    }
}
