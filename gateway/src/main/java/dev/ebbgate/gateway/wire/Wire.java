package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.gateway.timer.Timers;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.net.SocketAddress;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// The way to all providers from one event loop: connections are pooled per provider and stay on
/// it. A configuration that follows takes over the pools that still fit; a pool is closed with the
/// last wire that has it. Confined to its loop.
public final class Wire {

    /// What to ask of a target.
    ///
    /// @param connect the limit in force for the wait for a connection
    /// @param headers writes the headers of the call
    /// @param query the request's query string, without its question mark, or null
    public record Question(
            Target target,
            Operation operation,
            @Nullable String query,
            Consumer<MultiMap> headers,
            Buffer body,
            Span connect) {}

    private final Vertx vertx;
    private final Context context;
    private final Timers timers;
    private final Map<String, Pool> pools = new HashMap<>();

    /// Made on an event loop, for calls from that loop.
    public Wire(Vertx vertx, Timers timers, WireOptions options) {
        this(vertx, timers, options, Map.of());
    }

    private Wire(Vertx vertx, Timers timers, WireOptions options, Map<String, Pool> before) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.timers = timers;
        for (Provider provider : options.providers()) {
            WireOptions.Fit fit = options.fit(provider);
            Pool known = before.get(provider.name());
            Pool pool =
                    known != null && known.fit.serves(fit)
                            ? known
                            : new Pool(fit, client(options, provider));
            pool.wires++;
            pools.put(provider.name(), pool);
        }
    }

    /// The connections to one provider.
    private static final class Pool {

        private final WireOptions.Fit fit;
        private final HttpClient client;
        private final Staleness staleness = new Staleness();
        private int wires;

        Pool(WireOptions.Fit fit, HttpClient client) {
            this.fit = fit;
            this.client = client;
        }
    }

    /// The wire of the configuration that follows, on the same loop. This one serves its calls on
    /// until it is closed.
    public Wire succeededBy(WireOptions options) {
        return new Wire(vertx, timers, options, pools);
    }

    /// Closes the pools that no other wire has; to be called once, when nobody calls any more.
    public void close() {
        for (Pool pool : pools.values()) {
            if (--pool.wires == 0) {
                var _ = pool.client.close();
            }
        }
        pools.clear();
    }

    /// A broken connection is told to the call on it; what nobody else hears is logged as an error.
    private HttpClient client(WireOptions options, Provider provider) {
        HttpClientAgent client =
                vertx.httpClientBuilder()
                        .with(options.client(provider))
                        .with(options.pool())
                        .withConnectHandler(connection -> {
                            connection.exceptionHandler(_ -> {});
                            Opening.made(connection);
                            readOn(connection);
                            InterimResponses.leaveOut(connection);
                            Farewell.heed(connection);
                        })
                        .build();
        if (provider.upstream().caFile() != null) {
            readCaFile(client, provider.upstream().baseUrl());
        }
        return client;
    }

    /// A provider may answer before it has read the question, and close. That the rest cannot be
    /// written is then no reason to leave unread what it said; where it said nothing, reading ends
    /// as writing did.
    private static void readOn(HttpConnection connection) {
        if (connection instanceof HttpClientConnection known) {
            Channel channel = known.channelHandlerContext().channel();
            if (channel.pipeline().get(HttpClientCodec.class) != null) {
                channel.config().setAutoClose(false);
            }
        }
    }

    /// The library reads certificates when it first needs them, and only then later than it was
    /// asked; so it is asked now, for a connection to nowhere.
    private static void readCaFile(HttpClientAgent client, BaseUrl base) {
        var _ =
                client.connect(
                        new HttpConnectOptions()
                                .setServer(SocketAddress.domainSocketAddress("/nowhere"))
                                .setHost(base.host())
                                .setPort(base.port())
                                .setSsl(true));
    }

    /// Begins a call; the listener hears of it later, never from within this method.
    public Call call(Question question, UpstreamListener listener) {
        Provider provider = question.target().provider();
        Pool pool = pools.get(provider.name());
        if (pool == null) {
            throw new IllegalStateException("no client for provider " + provider.name());
        }
        Opening opening = new Opening();
        Call call = new Call(timers, listener, opening, question, pool.staleness);
        ask(pool.client, options(question, provider.upstream().baseUrl()), opening, call);
        return call;
    }

    private void ask(HttpClient client, RequestOptions options, Opening opening, Call call) {
        opening.during(() -> client.request(options))
                .onSuccess(request -> {
                    if (!call.connected(request)) {
                        // Later, or many dead ones would be a deep stack.
                        context.runOnContext(_ -> ask(client, options, opening, call));
                    }
                })
                // Later: within the pool's own work it would put off what is asked of it next, and
                // that would be asked by nobody.
                .onFailure(cause -> context.runOnContext(_ -> call.unreachable(cause)));
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
