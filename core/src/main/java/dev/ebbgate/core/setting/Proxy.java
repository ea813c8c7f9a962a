package dev.ebbgate.core.setting;

import org.jspecify.annotations.Nullable;

/// An HTTP proxy on the way to a provider.
public record Proxy(String host, int port, @Nullable String user, @Nullable Secret password) {

    public Proxy {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a proxy has a host and a port in 1..65535");
        }
    }
}
