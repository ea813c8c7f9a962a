package dev.ebbgate.core.config;

import dev.ebbgate.core.policy.Continuation;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One LLM provider.
///
/// @param name what stands before the slash of `provider/model`
/// @param headers sent with every request; secret, as they often carry keys
public record Provider(
        String name,
        Dialect dialect,
        Upstream upstream,
        ApiKey apiKey,
        Map<String, Secret> headers,
        TimeoutSettings timeouts,
        KeepAliveSettings keepAlive,
        ProviderPolicy policy) {

    public Provider {
        if (name.isBlank() || name.indexOf('/') >= 0 || name.indexOf('*') >= 0) {
            throw new IllegalArgumentException("a provider's name has no slash and no star");
        }
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /// Whether it goes on with an answer that another one began.
    public boolean continues() {
        return policy.continuation() == Continuation.PREFILL;
    }
}
