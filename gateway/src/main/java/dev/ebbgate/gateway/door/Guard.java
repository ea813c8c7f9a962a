package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.gateway.wire.ForwardedHeaders;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Who may come in. With keys: whoever has one. Without: whoever is on this machine and says so; a
/// web page that reaches a loopback address by a name of its own is turned away. Confined to one
/// event loop.
public final class Guard {

    private final Auth auth;
    private final String setting;
    private String lastLoopback = "localhost";

    /// A guard that asks for one of these keys.
    ///
    /// @param setting where they are configured
    public Guard(Auth auth, String setting) {
        this.auth = auth;
        this.setting = setting;
    }

    /// What the guard says of a request.
    public sealed interface Verdict {}

    /// It may pass.
    ///
    /// @param key the name of the key it came with, or null where none is asked
    public record Pass(@Nullable String key) implements Verdict {}

    /// It may not.
    public record Stop(ErrorKind kind, String message) implements Verdict {}

    /// Whether it names its Host, once, as RFC 9112 asks for: who comes without, or with two, may
    /// mean another server than the one before this one believed.
    public static boolean namesItsHost(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_1_1
                || request.headers().getAll(HttpHeaders.HOST).size() == 1;
    }

    /// Judges where a request came from, and, unless `open`, its key.
    public Verdict judge(HttpServerRequest request, boolean open) {
        if (!auth.asksKey()) {
            return local(request);
        }
        if (open) {
            return new Pass(null);
        }
        MultiMap headers = request.headers();
        Optional<String> name =
                nameOf(headers.get(HttpHeaders.AUTHORIZATION))
                        .or(() -> nameOf(headers.get("x-api-key")));
        return name.<Verdict>map(Pass::new)
                .orElseGet(() ->
                        new Stop(
                                ErrorKind.UNAUTHENTICATED,
                                "no valid key; send one of "
                                        + setting
                                        + " as Authorization: Bearer or x-api-key"));
    }

    private Optional<String> nameOf(@Nullable String presented) {
        return presented == null
                ? Optional.empty()
                : auth.nameOf(ForwardedHeaders.bearer(presented));
    }

    private Verdict local(HttpServerRequest request) {
        if (!hasLoopbackHost(request)) {
            return new Stop(
                    ErrorKind.FORBIDDEN,
                    "without " + setting + " only a loopback Host is answered, such as 127.0.0.1");
        }
        if (!hasLoopbackOrigin(request)) {
            return new Stop(
                    ErrorKind.FORBIDDEN, "without " + setting + " no foreign Origin is answered");
        }
        return new Pass(null);
    }

    /// Whether every page that asks, if it is one, is of this machine.
    private static boolean hasLoopbackOrigin(HttpServerRequest request) {
        for (String origin : request.headers().getAll(HttpHeaders.ORIGIN)) {
            if (!isLoopbackOrigin(origin)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the request names this machine, or none at all; a name that cannot be read, or is
    /// one of two, is no loopback.
    private boolean hasLoopbackHost(HttpServerRequest request) {
        List<String> written = request.headers().getAll(HttpHeaders.HOST);
        HostAndPort host = request.authority();
        return host == null ? written.isEmpty() : written.size() <= 1 && isLoopback(host.host());
    }

    /// Clients name this machine the same way again and again.
    private boolean isLoopback(String host) {
        if (!host.equals(lastLoopback)) {
            if (!Listen.isLoopback(host)) {
                return false;
            }
            lastLoopback = host;
        }
        return true;
    }

    private static boolean isLoopbackOrigin(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && Listen.isLoopback(host);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
