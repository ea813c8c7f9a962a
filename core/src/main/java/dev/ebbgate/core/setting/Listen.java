package dev.ebbgate.core.setting;

import java.util.regex.Pattern;

/// Where clients reach the gateway.
///
/// @param port 0 takes any free one
public record Listen(String host, int port) {

    public static final Listen DEFAULT = new Listen("127.0.0.1", 12000);

    /// The name, `::1`, or 127.0.0.0/8. A name that merely starts so (`127.evil.example`) is not.
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|::1|\\[::1]|127(\\.\\d{1,3}){3}", Pattern.CASE_INSENSITIVE);

    public Listen {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a host is not blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port lies in 0..65535");
        }
    }

    /// Whether only this machine can reach it.
    public boolean isLoopback() {
        return isLoopback(host);
    }

    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
