package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.ledger.Trace;
import dev.ebbgate.core.setting.ApiKey;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Which headers go on: everything but what concerns only one connection, the gateway itself, or a
/// credential. A client's credential reaches a provider only under `api-key: pass-through`, and one
/// of the gateway's own keys never does.
public final class ForwardedHeaders {

    /// Why a header does not simply go on.
    private enum Kind {
        /// It concerns one connection.
        HOP,
        /// A client says it of its own side and means it for the gateway alone.
        NOT_TO_PROVIDER,
        /// A provider says it of its own site and means it for nobody else.
        NOT_TO_CLIENT,
        /// A client's credential that may be passed through.
        KEY,
        /// A client's credential that never is.
        CREDENTIAL
    }

    private static final Map<String, Kind> KINDS = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        put(Kind.HOP, "connection", "keep-alive", "proxy-connection", "proxy-authenticate");
        put(Kind.HOP, "te", "trailer", "transfer-encoding", "upgrade", "http2-settings");
        put(Kind.HOP, "content-length");
        put(Kind.NOT_TO_PROVIDER, "host", "expect", "accept-encoding", "origin", "referer");
        put(Kind.NOT_TO_PROVIDER, "forwarded", "via", "x-real-ip");
        put(Kind.NOT_TO_CLIENT, "set-cookie", "alt-svc", "strict-transport-security");
        put(Kind.NOT_TO_CLIENT, "server", "date");
        put(Kind.KEY, "authorization", "x-api-key");
        put(Kind.CREDENTIAL, "proxy-authorization", "api-key", "x-goog-api-key", "cookie");
    }

    private static final CharSequence X_API_KEY = AsciiString.cached("x-api-key");
    private static final CharSequence IDENTITY = AsciiString.cached("identity");

    private static final CharSequence TRACE_PARENT = AsciiString.cached(Trace.PARENT);
    private static final CharSequence TRACE_STATE = AsciiString.cached("tracestate");

    private ForwardedHeaders() {}

    private static void put(Kind kind, String... names) {
        for (String name : names) {
            KINDS.put(name, kind);
        }
    }

    /// Writes the headers of a call to a provider, straight to where they are sent from.
    ///
    /// @param key which of the provider's own keys is sent; ignored where it has none
    public static Consumer<MultiMap> toProvider(
            MultiMap client, Provider provider, Auth auth, int key) {
        return out -> {
            clients(client, provider, auth, out);
            out.set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            if (provider.apiKey() instanceof ApiKey.Fixed(var keys)) {
                credential(out, provider.dialect(), keys.get(key).reveal());
            }
            provider.headers().forEach((name, value) -> out.set(name, value.reveal()));
        };
    }

    /// Writes the same, and to whose span the provider's belong. A client's own trace goes on;
    /// where one begins here, what was said of another has no meaning any more.
    ///
    /// @param trace null where there are no spans: the client's headers have gone on as they are
    /// @param number the attempt's, counted from 1
    public static Consumer<MultiMap> traced(
            Consumer<MultiMap> headers, @Nullable Trace trace, int number) {
        if (trace == null) {
            return headers;
        }
        return headers.andThen(out -> {
            out.set(TRACE_PARENT, trace.traceparent(number));
            if (trace.parent() == null) {
                out.remove(TRACE_STATE);
            }
        });
    }

    private static void clients(MultiMap client, Provider provider, Auth auth, MultiMap out) {
        List<String> listed = client.getAll(HttpHeaders.CONNECTION);
        boolean passThrough = provider.apiKey() instanceof ApiKey.PassThrough;
        client.forEach((name, value) -> {
            boolean forwarded =
                    switch (KINDS.get(name)) {
                        case null -> !isOwn(name) && !isListed(name, listed);
                        case NOT_TO_CLIENT -> !isListed(name, listed);
                        case KEY -> passThrough && isTheirs(value, auth);
                        case HOP, NOT_TO_PROVIDER, CREDENTIAL -> false;
                    };
            if (forwarded) {
                out.add(name, value);
            }
        });
    }

    private static void credential(MultiMap out, Dialect dialect, String key) {
        switch (dialect) {
            case OPENAI -> out.set(HttpHeaders.AUTHORIZATION, "Bearer " + key);
            case ANTHROPIC -> out.set(X_API_KEY, key);
        }
    }

    private static boolean isTheirs(String value, Auth auth) {
        return auth.nameOf(bearer(value)).isEmpty();
    }

    /// The key in `Bearer key`, or the text itself.
    public static String bearer(String value) {
        return value.regionMatches(true, 0, "Bearer ", 0, 7) ? value.substring(7).strip() : value;
    }

    private static boolean isOwn(String name) {
        return startsWith(name, "x-ebbgate-") || startsWith(name, "x-forwarded-") || isPseudo(name);
    }

    private static boolean isPseudo(String name) {
        return name.startsWith(":");
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /// Whether `Connection` names it, and so makes it concern one connection.
    private static boolean isListed(String name, List<String> listed) {
        for (String list : listed) {
            for (String token : list.split(",", -1)) {
                if (token.strip().equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Writes the headers of a provider's answer that its client gets.
    public static void toClient(MultiMap provider, MultiMap out) {
        List<String> listed = provider.getAll(HttpHeaders.CONNECTION);
        provider.forEach((name, value) -> {
            Kind kind = KINDS.get(name);
            boolean forwarded =
                    kind != Kind.HOP
                            && kind != Kind.NOT_TO_CLIENT
                            && !isPseudo(name)
                            && !isListed(name, listed);
            if (forwarded) {
                out.add(name, value);
            }
        });
    }
}
