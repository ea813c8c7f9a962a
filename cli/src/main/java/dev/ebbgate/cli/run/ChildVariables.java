package dev.ebbgate.cli.run;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.setting.Secret;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The variables by which the official SDKs, and what is built on them, find the gateway.
///
/// The tag is part of the address, for an SDK sends no header that it is not told to send.
public final class ChildVariables {

    private static final String OPENAI_KEY = "OPENAI_API_KEY";
    private static final String ANTHROPIC_KEY = "ANTHROPIC_API_KEY";

    /// SDKs refuse to start without a key, even where none is asked for.
    private static final String NO_KEY = "not-needed";

    private ChildVariables() {}

    /// What to set.
    ///
    /// @param gateway its address: `http://127.0.0.1:12000`
    /// @param environment what the command would inherit
    public static Map<String, String> of(
            Config config, String gateway, String tag, Map<String, String> environment) {
        String base = gateway + "/tag/" + tag;
        Map<String, String> set = new LinkedHashMap<>();
        set.put("OPENAI_BASE_URL", base + "/v1");
        set.put("ANTHROPIC_BASE_URL", base);
        set.put("EBBGATE_TAG", tag);
        for (String name : new String[] {OPENAI_KEY, ANTHROPIC_KEY}) {
            String key = key(config.auth().keys().values(), environment.getOrDefault(name, ""));
            if (!key.equals(environment.get(name))) {
                set.put(name, key);
            }
        }
        return set;
    }

    /// The gateway's own key where it asks for one, for a provider's would be refused; else what is
    /// there, which may be meant for a provider with `api-key: pass-through`.
    private static String key(Collection<Secret> keys, String present) {
        if (keys.isEmpty()) {
            return present.isEmpty() ? NO_KEY : present;
        }
        return keys.stream()
                .map(Secret::reveal)
                .filter(present::equals)
                .findFirst()
                .orElseGet(() -> keys.iterator().next().reveal());
    }
}
