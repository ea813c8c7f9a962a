package dev.ebbgate.gateway.config;

import dev.ebbgate.core.setting.BaseUrl;

import java.util.Locale;

/// Reads OLLAMA_HOST as Ollama's own client does: scheme, port and even the host may be missing.
final class OllamaHost {

    private static final int DEFAULT_PORT = 11_434;

    private OllamaHost() {}

    /// The address of its OpenAI surface.
    ///
    /// @throws IllegalArgumentException if it is no address; the text is not repeated
    static BaseUrl parse(String text) {
        String written = text.strip();
        boolean schemed = written.toLowerCase(Locale.ROOT).matches("https?://.*");
        BaseUrl url = BaseUrl.parse(schemed ? written : "http://" + hostAndPort(written));
        String host = url.host().matches("0\\.0\\.0\\.0|::") ? "127.0.0.1" : url.host();
        String path = url.path().endsWith("/v1") ? url.path() : url.path() + "/v1";
        return new BaseUrl(url.tls(), host, url.port(), path);
    }

    private static String hostAndPort(String written) {
        String host =
                written.startsWith(":") && !written.startsWith("::")
                        ? "127.0.0.1" + written
                        : written;
        boolean bareIpv6 = !host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':');
        String named = bareIpv6 ? "[" + host + "]" : host;
        String authority = named.replaceFirst("/.*", "");
        boolean ported = authority.matches(".*:\\d+");
        return ported
                ? named
                : authority + ":" + DEFAULT_PORT + named.substring(authority.length());
    }
}
