package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Proxy;
import dev.ebbgate.core.setting.Upstream;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How the HTTP clients are set up. Every wait and bound of the library is derived from a
/// configured one, or switched off, so that none of its own is ever in force.
public final class WireOptions {

    /// What the library's own waits get beyond ours, so that ours is the one that fires.
    private static final Span MARGIN = Span.ofSeconds(1);

    /// What a provider may send on one stream before it is read. The connection's own window is
    /// unbounded, so that a stream that nobody reads holds up no other.
    private static final int STREAM_WINDOW = 256 * 1024;

    /// How many calls share one HTTP/2 connection, if the provider allows as many: what one broken
    /// connection can take along.
    private static final int STREAMS = 100;

    private final Config config;

    public WireOptions(Config config) {
        this.config = config;
    }

    /// What a pool of connections was made for. It serves on under another configuration as long as
    /// none of its own waits and bounds would come before the configured ones.
    record Fit(Upstream upstream, Span longestConnect, int header, int exchanges) {

        boolean serves(Fit other) {
            return upstream.equals(other.upstream)
                    && header == other.header
                    && exchanges >= other.exchanges
                    && !other.longestConnect.isLongerThan(longestConnect);
        }
    }

    Fit fit(Provider provider) {
        Limits.Sizes sizes = config.limits().sizes();
        return new Fit(
                provider.upstream(),
                longestConnect(provider),
                (int) sizes.header().value().bytes(),
                sizes.exchanges().value());
    }

    Collection<Provider> providers() {
        return config.providers().values();
    }

    HttpClientOptions client(Provider provider) {
        int head = (int) config.limits().sizes().header().value().bytes();
        HttpClientOptions options =
                new HttpClientOptions()
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setVerifyHost(true)
                        .setDecompressionSupported(false)
                        .setMaxHeaderSize(head)
                        .setMaxInitialLineLength(head)
                        .setInitialSettings(settings(head))
                        .setHttp2ConnectionWindowSize(Integer.MAX_VALUE)
                        .setHttp2MultiplexingLimit(STREAMS)
                        .setConnectTimeout(libraryMillis(longestConnect(provider)))
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setSslHandshakeTimeout(libraryMillis(longestConnect(provider)));
        if (provider.upstream().caFile() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(provider.upstream().caFile()));
        }
        if (provider.upstream().proxy() != null) {
            options.setProxyOptions(proxy(provider.upstream().proxy(), longestConnect(provider)));
        }
        speak(options, provider.upstream());
        return options;
    }

    private static Http2Settings settings(int head) {
        return new Http2Settings()
                .setMaxHeaderListSize(head)
                .setInitialWindowSize(STREAM_WINDOW)
                .setPushEnabled(false);
    }

    private static void speak(HttpClientOptions options, Upstream upstream) {
        boolean tls = upstream.baseUrl().tls();
        switch (upstream.httpVersion()) {
            case AUTO -> {
                if (tls) {
                    options.setProtocolVersion(HttpVersion.HTTP_2)
                            .setUseAlpn(true)
                            .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
                }
            }
            case HTTP_1_1 -> {
                // as the library does by itself
            }
            case HTTP_2 ->
                    options.setProtocolVersion(HttpVersion.HTTP_2)
                            .setHttp2ClearTextUpgrade(false)
                            .setUseAlpn(tls)
                            .setAlpnVersions(List.of(HttpVersion.HTTP_2));
        }
    }

    /// The pool makes nobody wait: how many exchanges there may be is bounded at the door. Where a
    /// provider takes no more streams on a connection, another one is opened; that is part of
    /// `connect`. The library multiplies the two sizes in 32 bits.
    PoolOptions pool() {
        int most = config.limits().sizes().exchanges().value();
        return new PoolOptions()
                .setHttp1MaxSize(most)
                .setHttp2MaxSize(Math.max(1, Math.min(most, Integer.MAX_VALUE / most)));
    }

    /// The wait for an answer of the name server: no shorter than any `connect`.
    public int resolverMillis() {
        int longest = 1;
        for (Provider provider : providers()) {
            int millis = libraryMillis(longestConnect(provider));
            longest = Math.max(longest, millis == 0 ? Integer.MAX_VALUE : millis);
        }
        return longest;
    }

    /// The wait for a TCP connection in the library, for a call whose own limit is `connect`.
    static int libraryMillis(Span connect) {
        return connect.isOff() || connect.millis() > Integer.MAX_VALUE - MARGIN.millis()
                ? 0
                : (int) (connect.millis() + MARGIN.millis());
    }

    /// The longest `connect` that can be in force towards this provider, a header's lengthening
    /// included.
    private Span longestConnect(Provider provider) {
        List<TimeoutSettings> levels = new ArrayList<>();
        levels.add(config.policies().timeouts());
        levels.add(provider.timeouts());
        for (Route route : config.routes().values()) {
            levels.add(route.timeouts());
        }
        Span longest = Limit.CONNECT.byDefault();
        for (TimeoutSettings level : levels) {
            longest = longer(longest, level.value(Limit.CONNECT));
        }
        return longer(longest, config.policies().overrides().max(Limit.CONNECT));
    }

    private static Span longer(Span span, @Nullable Span other) {
        return other != null && other.isLongerThan(span) ? other : span;
    }

    private static ProxyOptions proxy(Proxy proxy, Span connect) {
        int millis = libraryMillis(connect);
        ProxyOptions options =
                new ProxyOptions()
                        .setType(ProxyType.HTTP)
                        .setConnectTimeout(
                                Duration.ofMillis(millis == 0 ? Integer.MAX_VALUE : millis))
                        .setHost(proxy.host())
                        .setPort(proxy.port());
        if (proxy.user() != null) {
            options.setUsername(proxy.user());
        }
        if (proxy.password() != null) {
            options.setPassword(proxy.password().reveal());
        }
        return options;
    }
}
