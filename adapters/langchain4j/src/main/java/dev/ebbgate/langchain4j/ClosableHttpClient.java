package dev.ebbgate.langchain4j;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/// The JDK's client, with requests that end with the watch on their answer: before the head of the
/// answer has come, and before its first token. It also tells the watch of bytes that LangChain4j
/// reads over, such as keep-alives. Requests of answers that are not under watch pass as they are.
///
/// For a model: `.httpClientBuilder(JdkHttpClient.builder().httpClientBuilder(
/// ClosableHttpClient.builder(HttpClient.newBuilder())))`.
public final class ClosableHttpClient extends HttpClient {

    private final HttpClient client;

    ClosableHttpClient(HttpClient client) {
        this.client = client;
    }

    /// A builder that makes such clients of those that this one makes.
    public static HttpClient.Builder builder(HttpClient.Builder clients) {
        return new ClosableHttpClientBuilder(clients);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler) {
        if (!Line.CURRENT.isBound()) {
            return client.sendAsync(request, handler);
        }
        Line line = Line.CURRENT.get();
        var sent = client.sendAsync(request, closedBy(line, handler));
        line.onHangUp(() -> sent.cancel(true));
        return sent;
    }

    private static <T> BodyHandler<T> closedBy(Line line, BodyHandler<T> handler) {
        return head -> BodySubscribers.mapping(handler.apply(head), body -> closedBy(line, body));
    }

    /// LangChain4j reads streams as an `InputStream`.
    @SuppressWarnings("unchecked")
    private static <T> T closedBy(Line line, T body) {
        if (!(body instanceof InputStream bytes)) {
            return body;
        }
        line.onHangUp(() -> close(bytes));
        return (T) new Heard(bytes, line);
    }

    private static void close(InputStream bytes) {
        try {
            bytes.close();
        } catch (IOException _) {
            // it is closed, or broken: nothing more comes of it
        }
    }

    /// Bytes that tell the line when they are there.
    private static final class Heard extends FilterInputStream {

        private final Line line;

        Heard(InputStream bytes, Line line) {
            super(bytes);
            this.line = line;
        }

        @Override
        public int read() throws IOException {
            int one = in.read();
            line.sign();
            return one;
        }

        @Override
        public int read(byte[] into, int from, int most) throws IOException {
            int count = in.read(into, from, most);
            line.sign();
            return count;
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return client.send(request, handler);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> pushed) {
        return client.sendAsync(request, handler, pushed);
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
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    @Override
    public boolean isTerminated() {
        return client.isTerminated();
    }

    @Override
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return client.awaitTermination(duration);
    }

    @Override
    public void shutdown() {
        client.shutdown();
    }

    @Override
    public void shutdownNow() {
        client.shutdownNow();
    }

    @Override
    public void close() {
        client.close();
    }
}
