package dev.ebbgate.gateway.config;

import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Proxy;
import dev.ebbgate.core.setting.Secret;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which proxy leads to an address, after HTTPS_PROXY and NO_PROXY (either case; lower case first,
/// as curl does). NO_PROXY lists hosts, domains (with or without a leading dot, subdomains
/// included), `host:port`, IPv4 ranges and `*`. Loopback never goes through a proxy, nor does plain
/// HTTP.
record ProxyRules(Map<String, String> environment) {

    static final String EXPECTED = "off, or an address such as http://proxy.example:3128";

    /// The variable; a complaint about it begins with its name.
    static final String VARIABLE = "HTTPS_PROXY";

    private static final Pattern ADDRESS =
            Pattern.compile(
                    "(http://)?(?:([^:@/\\s]+)(?::([^@/\\s]*))?@)?"
                            + "([A-Za-z0-9_][A-Za-z0-9._-]*)(?::(\\d{1,5}))?/?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})/(\\d{1,2})");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int DEFAULT_PORT = 3128;

    /// The proxy for an address: what is written, else what the environment asks for, or null.
    ///
    /// @param written the field `proxy`, if it is there
    /// @param address the field that holds the address
    @Nullable Proxy read(@Nullable Field written, Field address, BaseUrl url) {
        if (written != null) {
            String text = written.text();
            return text == null || text.equals("off") ? null : parsed(written, text);
        }
        try {
            return choose(url);
        } catch (IllegalArgumentException _) {
            address.refuse(VARIABLE + " is no proxy's address; write http://host:port there");
            return null;
        }
    }

    private static @Nullable Proxy parsed(Field field, String text) {
        try {
            return parse(text);
        } catch (IllegalArgumentException e) {
            field.refuse(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /// The proxy for `url` that the environment asks for, or null.
    ///
    /// @throws IllegalArgumentException if HTTPS_PROXY holds no proxy; its text is not repeated
    @Nullable Proxy choose(BaseUrl url) {
        String address = variable("https_proxy");
        boolean direct = !url.tls() || Listen.isLoopback(url.host()) || isExempt(url);
        return direct || address.isEmpty() ? null : parse(address);
    }

    /// Reads `http://user:password@host:port`.
    ///
    /// @throws IllegalArgumentException with a message that repeats nothing of the text
    static Proxy parse(String text) {
        Matcher address = ADDRESS.matcher(text);
        // A single word is rather a mistaken "none" than a host.
        if (!address.matches() || (address.group(1) == null && address.group(5) == null)) {
            throw new IllegalArgumentException("not an HTTP proxy's address; write " + EXPECTED);
        }
        String port = address.group(5);
        int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("a port lies in 1..65535; write " + EXPECTED);
        }
        String password = decoded(address.group(3));
        return new Proxy(
                address.group(4),
                number,
                decoded(address.group(2)),
                password == null || password.isEmpty() ? null : new Secret(password));
    }

    private boolean isExempt(BaseUrl url) {
        for (String rule : variable("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (!rule.isEmpty() && matches(rule, url.host().toLowerCase(Locale.ROOT), url.port())) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String rule, String host, int port) {
        if (rule.equals("*") || rule.equals(host)) {
            return true;
        }
        Matcher range = RANGE.matcher(rule);
        if (range.matches()) {
            return IPV4.matcher(host).matches() && inRange(host, range);
        }
        int colon = rule.indexOf(':');
        if (colon > 0 && rule.indexOf(':', colon + 1) < 0) {
            boolean samePort = rule.substring(colon + 1).equals(Integer.toString(port));
            return samePort && matches(rule.substring(0, colon), host, port);
        }
        String domain = rule.replaceFirst("^\\*?\\.", "");
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static boolean inRange(String host, Matcher range) {
        int bits = Integer.parseInt(range.group(2));
        long mask = bits >= 32 ? 0xffff_ffffL : ~(0xffff_ffffL >>> bits);
        return (ipv4(host) & mask) == (ipv4(range.group(1)) & mask);
    }

    private static long ipv4(String text) {
        long address = 0;
        for (String octet : text.split("\\.", -1)) {
            address = (address << 8) | (Integer.parseInt(octet) & 0xff);
        }
        return address;
    }

    private String variable(String lower) {
        String value = environment.getOrDefault(lower, "");
        return value.isEmpty()
                ? environment.getOrDefault(lower.toUpperCase(Locale.ROOT), "")
                : value;
    }

    private static @Nullable String decoded(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // its message repeats what it read
            throw new IllegalArgumentException(
                    "a % that begins no escape; write %25 for a % in user or password");
        }
    }
}
