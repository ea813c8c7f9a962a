package dev.ebbgate.gateway.config;

import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Secret;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads keys and header values. No message of it repeats what it read.
final class SecretReader {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern HEADER_VALUE =
            Pattern.compile("[\\x21-\\x7e]([\\t\\x20-\\x7e]*[\\x21-\\x7e])?");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

    /// Headers that frame the message, or say how its answer may be encoded: the gateway alone
    /// writes them.
    private static final Set<String> OWN =
            Set.of(
                    "accept-encoding",
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade");

    private SecretReader() {}

    /// The gateway's own keys, by name.
    static Map<String, Secret> authKeys(Section names) {
        Map<String, Secret> keys = new LinkedHashMap<>();
        for (Map.Entry<String, Field> field : names.fields().entrySet()) {
            String text = field.getValue().text();
            if (text != null && text.isEmpty()) {
                field.getValue()
                        .refuse("an empty key would let anyone in; write a long random one");
            } else if (text != null && isKey(field.getValue(), text)) {
                keys.put(field.getKey(), new Secret(text));
            }
        }
        return keys;
    }

    /// A key that may be left empty; null where it is.
    static @Nullable Secret optionalKey(@Nullable Field field) {
        String text = field == null ? null : field.text();
        return field == null || text == null || text.isEmpty() || !isKey(field, text)
                ? null
                : new Secret(text);
    }

    /// The credential for a provider; none where the key is absent or empty.
    static ApiKey apiKey(Section provider) {
        Field list = provider.get("api-keys");
        Field single = provider.get("api-key");
        if (list == null) {
            return apiKey(single);
        }
        if (single != null) {
            list.refuse("api-key and api-keys stand side by side; write only one of them");
        }
        Set<Secret> keys = new LinkedHashSet<>();
        for (Field item : list.items("[\"${KEY_A}\", \"${KEY_B}\"]")) {
            addKey(item, keys);
        }
        return keys.isEmpty() ? new ApiKey.None() : new ApiKey.Fixed(List.copyOf(keys));
    }

    /// An empty key is left out, so that one of several variables may be unset.
    private static void addKey(Field item, Set<Secret> keys) {
        String text = item.text();
        if (text == null || text.isEmpty()) {
            return;
        }
        if (text.equals("pass-through")) {
            item.refuse("it stands among keys; write api-key: pass-through instead of the list");
        } else if (isKey(item, text) && !keys.add(new Secret(text))) {
            item.warn("a key stands here twice and counts once; write each key once");
        }
    }

    private static ApiKey apiKey(@Nullable Field field) {
        String text = field == null ? null : field.text();
        if (field == null || text == null || text.isEmpty()) {
            return new ApiKey.None();
        }
        if (text.equals("pass-through")) {
            return new ApiKey.PassThrough();
        }
        return isKey(field, text) ? new ApiKey.Fixed(new Secret(text)) : new ApiKey.None();
    }

    /// Headers for every request to a provider, with lower-case names.
    static Map<String, Secret> headers(Section names) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        for (Map.Entry<String, Field> entry : names.fields().entrySet()) {
            Field field = entry.getValue();
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            String text = field.text();
            if (!HEADER_NAME.matcher(name).matches()) {
                field.refuse("not a header's name; write letters, digits and dashes");
            } else if (OWN.contains(name)) {
                field.refuse("the gateway itself writes this header; write another, or none");
            } else if (headers.containsKey(name)) {
                field.refuse("this header stands here twice; write it once");
            } else if (text != null && HEADER_VALUE.matcher(text).matches()) {
                headers.put(name, new Secret(text));
            } else if (text != null) {
                field.refuse("not a header's value; write visible ASCII characters on one line");
            }
        }
        return headers;
    }

    private static boolean isKey(Field field, String text) {
        boolean key = KEY.matcher(text).matches();
        if (!key) {
            field.refuse(
                    "it has a character that no key has; write it without spaces or line ends");
        }
        return key;
    }
}
