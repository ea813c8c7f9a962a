package dev.ebbgate.core.setting;

/// The credential a provider is asked with.
public sealed interface ApiKey {

    /// No credential: local servers.
    record None() implements ApiKey {}

    /// The operator's own key.
    record Fixed(Secret secret) implements ApiKey {}

    /// The client's own credential is handed on.
    record PassThrough() implements ApiKey {}
}
