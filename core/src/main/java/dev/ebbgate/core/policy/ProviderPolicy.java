package dev.ebbgate.core.policy;

/// What a provider can bear, and what it can do for an answer that another one began.
///
/// @param breaker holds for each of the provider's targets on its own
public record ProviderPolicy(
        Capacity capacity, BreakerSettings breaker, Continuation continuation) {

    public static final ProviderPolicy DEFAULT =
            new ProviderPolicy(Capacity.DEFAULT, BreakerSettings.DEFAULT, Continuation.NONE);
}
