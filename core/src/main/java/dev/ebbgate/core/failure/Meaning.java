package dev.ebbgate.core.failure;

/// What a provider's error says beyond its status, as far as it matters for what is tried next.
public enum Meaning {
    /// Nothing that its status does not say.
    PLAIN,
    /// The key's account has no money or allowance left, or is closed: waiting a little is in vain.
    QUOTA,
    /// The request is longer than the model or the provider takes.
    CONTEXT_LENGTH,
    /// The provider refuses the content. Nobody else is to be asked instead.
    CONTENT_POLICY
}
