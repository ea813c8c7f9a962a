package dev.ebbgate.core.setting;

import java.util.List;

/// The credential a provider is asked with.
public sealed interface ApiKey {

    /// No credential: local servers.
    record None() implements ApiKey {}

    /// The operator's own keys, of which each attempt sends one; at least one.
    record Fixed(List<Secret> keys) implements ApiKey {
        public Fixed {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("no key");
            }
        }

        public Fixed(Secret only) {
            this(List.of(only));
        }
    }

    /// The client's own credential is handed on.
    record PassThrough() implements ApiKey {}
}
