package dev.ebbgate.core.setting;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a provider is, as its official SDK takes it: `https://api.openai.com/v1`.
///
/// @param host without brackets, also for IPv6
/// @param path empty, or starting and not ending with a slash
public record BaseUrl(boolean tls, String host, int port, String path) {

    private static final Pattern WRITTEN =
            Pattern.compile(
                    "(https?)://(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?)(?::(\\d{1,5}))?"
                        + "(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME = Pattern.compile("(?i)https?://.*");

    public BaseUrl {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port lies in 1..65535; write for example :8000");
        }
    }

    /// Reads an address.
    ///
    /// @throws IllegalArgumentException with a message that says what to write instead and repeats
    ///   nothing of the text, which may hold a secret
    public static BaseUrl parse(String text) {
        if (!SCHEME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not an http or https address; write http:// or https:// before the host");
        }
        if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
            throw new IllegalArgumentException(
                    "a query or fragment has no place here; write the address up to its path");
        }
        if (authority(text).indexOf('@') >= 0) {
            throw new IllegalArgumentException(
                    "credentials have no place in an address; write them under api-key or headers");
        }
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "host, port or path are not as an address has them; write"
                            + " http://HOST:PORT/PATH");
        }
        boolean tls = written.group(1).toLowerCase(Locale.ROOT).equals("https");
        return new BaseUrl(tls, host(written.group(2)), port(written.group(3), tls), path(written));
    }

    /// Host and port as the `Host` header has them: the port only where it is not the scheme's own.
    public String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + authority() + path;
    }

    private static String authority(String text) {
        String rest = text.substring(text.indexOf("://") + 3);
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    private static String host(String written) {
        return written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
    }

    @SuppressWarnings("NullAway") // a group that did not take part is null
    private static String path(Matcher written) {
        String path = written.group(4);
        return path == null ? "" : path.replaceFirst("/+$", "");
    }

    private static int port(@Nullable String digits, boolean tls) {
        int own = tls ? 443 : 80;
        return digits == null ? own : Integer.parseInt(digits);
    }
}
