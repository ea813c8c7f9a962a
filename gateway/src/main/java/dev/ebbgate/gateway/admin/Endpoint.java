package dev.ebbgate.gateway.admin;

import io.vertx.core.http.HttpMethod;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One thing that can be asked of the admin API.
///
/// @param path with `{name}` for a name, which may have slashes, percent-encoded or not
/// @param access what it takes to ask for it
/// @param handler answers; on a virtual thread, so that it may block
public record Endpoint(HttpMethod method, String path, Access access, Handler handler) {

    private static final String NAME = "{name}";

    /// What it takes to ask for something.
    public enum Access {
        /// The key alone.
        READ,
        /// The key, and `admin.writes`.
        WRITE
    }

    /// Does what is asked for.
    @FunctionalInterface
    public interface Handler {
        Reply answer(Ask ask) throws Refusal;
    }

    public static Endpoint get(String path, Handler handler) {
        return new Endpoint(HttpMethod.GET, path, Access.READ, handler);
    }

    public static Endpoint read(HttpMethod method, String path, Handler handler) {
        return new Endpoint(method, path, Access.READ, handler);
    }

    public static Endpoint write(HttpMethod method, String path, Handler handler) {
        return new Endpoint(method, path, Access.WRITE, handler);
    }

    /// What stands for `{name}` in this path, empty if it has none; null if it is another path.
    @Nullable String match(String asked) {
        int at = path.indexOf(NAME);
        if (at < 0) {
            return asked.equals(path) ? "" : null;
        }
        String behind = path.substring(at + NAME.length());
        Matcher matcher =
                Pattern.compile(
                                Pattern.quote(path.substring(0, at))
                                        + "(.+)"
                                        + Pattern.quote(behind))
                        .matcher(asked);
        return matcher.matches() ? decoded(matcher.group(1)) : null;
    }

    private static @Nullable String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
