package dev.ebbgate.core.setting;

import org.jspecify.annotations.Nullable;

/// How a provider is reached.
///
/// @param caFile PEM certificates to trust instead of the system's
/// @param proxy already chosen: what is written, else HTTPS_PROXY and NO_PROXY
public record Upstream(
        BaseUrl baseUrl,
        @Nullable String caFile,
        @Nullable Proxy proxy,
        HttpVersionChoice httpVersion) {}
