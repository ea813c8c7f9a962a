package dev.ebbgate.core.policy;

/// How a request that is not streamed is put to the provider.
public enum UpstreamForm {
    AS_ASKED("as-asked"),
    /// As a stream, from which one answer is assembled, so that every limit holds phase by phase.
    STREAMED("streamed");

    private final String key;

    UpstreamForm(String key) {
        this.key = key;
    }

    /// The name in configuration.
    public String key() {
        return key;
    }
}
