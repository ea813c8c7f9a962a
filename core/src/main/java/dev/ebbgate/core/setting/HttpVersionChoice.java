package dev.ebbgate.core.setting;

/// Which version of HTTP a provider is asked in.
public enum HttpVersionChoice {
    /// HTTP/2 where TLS offers it, else HTTP/1.1.
    AUTO("auto"),
    HTTP_1_1("1.1"),
    /// HTTP/2 from the first byte, also without TLS.
    HTTP_2("2");

    private final String key;

    HttpVersionChoice(String key) {
        this.key = key;
    }

    /// The name in configuration.
    public String key() {
        return key;
    }
}
