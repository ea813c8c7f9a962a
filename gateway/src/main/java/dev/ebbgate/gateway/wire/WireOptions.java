package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Proxy;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
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

    private final Config config;

    public WireOptions(Config config) {
        this.config = config;
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
                        .setInitialSettings(new Http2Settings().setMaxHeaderListSize(head))
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
        return options;
    }

    /// The pool never makes anyone wait: how many exchanges there may be is bounded at the door.
    PoolOptions pool() {
        return new PoolOptions().setHttp1MaxSize(config.limits().sizes().exchanges().value());
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
