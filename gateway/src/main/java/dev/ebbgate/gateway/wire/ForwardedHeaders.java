package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.setting.ApiKey;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which headers go on: everything but what concerns only one connection, the gateway itself, or a
/// credential. A client's credential reaches a provider only under `api-key: pass-through`, and one
/// of the gateway's own keys never does.
public final class ForwardedHeaders {

    private static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authenticate",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "content-length");

    private static final Set<String> NOT_TO_PROVIDER =
            Set.of(
                    "host",
                    "expect",
                    "accept-encoding",
                    "origin",
                    "referer",
                    "forwarded",
                    "via",
                    "x-real-ip");

    private static final Set<String> CREDENTIALS =
            Set.of(
                    "authorization",
                    "proxy-authorization",
                    "x-api-key",
                    "api-key",
                    "x-goog-api-key",
                    "cookie");

    private static final Set<String> PASSED_CREDENTIALS = Set.of("authorization", "x-api-key");

    /// What a provider says about its own site and means for nobody else.
    private static final Set<String> NOT_TO_CLIENT =
            Set.of("set-cookie", "alt-svc", "strict-transport-security", "server", "date");

    private static final CharSequence X_API_KEY = AsciiString.cached("x-api-key");
    private static final CharSequence IDENTITY = AsciiString.cached("identity");

    private ForwardedHeaders() {}

    /// The headers of the call to a provider.
    ///
    /// @param key which of the provider's own keys is sent; ignored where it has none
    public static MultiMap toProvider(MultiMap client, Provider provider, Auth auth, int key) {
        MultiMap out = HttpHeaders.headers();
        List<String> listed = client.getAll(HttpHeaders.CONNECTION);
        boolean passThrough = provider.apiKey() instanceof ApiKey.PassThrough;
        for (Map.Entry<String, String> header : client) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean credential = CREDENTIALS.contains(name);
            boolean forwarded =
                    credential
                            ? passThrough && passes(name, header.getValue(), auth)
                            : !isOwn(name) && !isHop(name, listed);
            if (forwarded) {
                out.add(header.getKey(), header.getValue());
            }
        }
        out.set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
        if (provider.apiKey() instanceof ApiKey.Fixed(var keys)) {
            credential(out, provider.dialect(), keys.get(key).reveal());
        }
        provider.headers().forEach((name, value) -> out.set(name, value.reveal()));
        return out;
    }

    private static void credential(MultiMap out, Dialect dialect, String key) {
        switch (dialect) {
            case OPENAI -> out.set(HttpHeaders.AUTHORIZATION, "Bearer " + key);
            case ANTHROPIC -> out.set(X_API_KEY, key);
        }
    }

    private static boolean passes(String name, String value, Auth auth) {
        if (!PASSED_CREDENTIALS.contains(name)) {
            return false;
        }
        return auth.nameOf(bearer(value)).isEmpty();
    }

    /// The key in `Bearer key`, or the text itself.
    public static String bearer(String value) {
        return value.regionMatches(true, 0, "Bearer ", 0, 7) ? value.substring(7).strip() : value;
    }

    private static boolean isOwn(String name) {
        return name.startsWith("x-ebbgate-")
                || name.startsWith("x-forwarded-")
                || name.startsWith(":")
                || NOT_TO_PROVIDER.contains(name);
    }

    private static boolean isHop(String name, List<String> listed) {
        return HOP_BY_HOP.contains(name) || listed.stream().anyMatch(list -> names(list, name));
    }

    private static boolean names(String list, String name) {
        for (String token : list.split(",", -1)) {
            if (token.strip().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /// The headers of a provider's answer that its client gets.
    public static void toClient(MultiMap provider, MultiMap out) {
        List<String> listed = provider.getAll(HttpHeaders.CONNECTION);
        for (Map.Entry<String, String> header : provider) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!isHop(name, listed) && !NOT_TO_CLIENT.contains(name) && !name.startsWith(":")) {
                out.add(header.getKey(), header.getValue());
            }
        }
    }
}
