package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.dialects.Operation;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/// The way to all providers from one event loop: connections are pooled per provider and stay on
/// it.
public final class Wire {

    /// What to ask of a target.
    ///
    /// @param connect the limit in force for the wait for a connection
    /// @param query the request's query string, without its question mark, or null
    public record Question(
            Target target,
            Operation operation,
            @Nullable String query,
            MultiMap headers,
            Buffer body,
            Span connect) {}

    private final Vertx vertx;
    private final Map<String, HttpClient> clients = new HashMap<>();

    /// Made on an event loop, for calls from that loop.
    public Wire(Vertx vertx, WireOptions options) {
        this.vertx = vertx;
        for (Provider provider : options.providers()) {
            clients.put(provider.name(), client(options, provider));
        }
    }

    /// A broken connection is told to the call on it; what nobody else hears is logged as an error.
    private HttpClient client(WireOptions options, Provider provider) {
        return vertx.httpClientBuilder()
                .with(options.client(provider))
                .with(options.pool())
                .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
                .build();
    }

    /// Begins a call; the listener hears of it later, never from within this method.
    public Call call(Question question, UpstreamListener listener) {
        Provider provider = question.target().provider();
        HttpClient client = clients.get(provider.name());
        if (client == null) {
            throw new IllegalStateException("no client for provider " + provider.name());
        }
        Call call = new Call(vertx, listener, question.headers(), question.body());
        client.request(options(question, provider.upstream().baseUrl()))
                .onSuccess(call::connected)
                .onFailure(call::unreachable);
        return call;
    }

    private static RequestOptions options(Question question, BaseUrl base) {
        String path = base.path() + question.operation().upstreamPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(base.host())
                .setPort(base.port())
                .setSsl(base.tls())
                .setConnectTimeout(WireOptions.libraryMillis(question.connect()))
                .setURI(question.query() == null ? path : path + "?" + question.query());
    }
}
