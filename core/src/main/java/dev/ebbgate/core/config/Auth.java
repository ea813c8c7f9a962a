package dev.ebbgate.core.config;

import dev.ebbgate.core.setting.Secret;

import java.util.Map;
import java.util.Optional;

/// The gateway's own keys, by the name of who holds them. None: no key is asked.
public record Auth(Map<String, Secret> keys) {

    public static final Auth NONE = new Auth(Map.of());

    public Auth {
        keys = Map.copyOf(keys);
    }

    public boolean asksKey() {
        return !keys.isEmpty();
    }

    /// The name of the key that `presented` is. Every key is compared, whichever agrees.
    public Optional<String> nameOf(String presented) {
        Optional<String> found = Optional.empty();
        for (Map.Entry<String, Secret> key : keys.entrySet()) {
            if (key.getValue().matches(presented)) {
                found = Optional.of(key.getKey());
            }
        }
        return found;
    }
}
