package dev.ebbgate.sim.script;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The `key=value` terms of a script with every scenario's name resolved; the last term of a key
/// wins. Every key and its default stand in one table.
public final class Terms {

    private static final Map<String, String> DEFAULTS = defaults();

    private final Map<String, String> values;

    private Terms(Map<String, String> values) {
        this.values = values;
    }

    /// Every key with its default.
    public static Map<String, String> keys() {
        return DEFAULTS;
    }

    /// The terms of several scripts, the later ones overriding the earlier.
    static Terms of(String... scripts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String script : scripts) {
            read(script, values);
        }
        return new Terms(values);
    }

    private static void read(String script, Map<String, String> into) {
        for (String term : script.strip().split("[;,\\s]+", -1)) {
            int equals = term.indexOf('=');
            if (term.isEmpty()) {
                continue;
            }
            if (equals > 0 && DEFAULTS.containsKey(term.substring(0, equals))) {
                into.put(term.substring(0, equals), term.substring(equals + 1));
                continue;
            }
            String scenario = Scenarios.all().get(term);
            if (scenario == null) {
                throw new BadScript(
                        "'" + term + "' is neither key=value nor a scenario; GET /v1/models lists");
            }
            read(scenario, into);
        }
    }

    private static Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        String[] table = {
            "lead=auto prefill=0s prompt-tokens=auto keep-alive=off",
            "tokens=16 rate=100 jitter=0 pause=0s pause-at=0 drip=off speed=auto",
            "content=text reasoning=0 choices=auto token-bytes=auto usage=asked seed=auto",
            "end=ok finish=auto malformed-at=off error=auto",
            "status=200 retry-after=off body=auto prefilled=continued",
            "flap=off fails=0 down=overloaded encoding=identity eol=lf"
        };
        for (String row : table) {
            for (String pair : row.split(" ", -1)) {
                int equals = pair.indexOf('=');
                keys.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return Collections.unmodifiableMap(keys);
    }

    String text(String key) {
        String value = values.get(key);
        return value != null ? value : DEFAULTS.getOrDefault(key, "");
    }

    boolean is(String key, String value) {
        return text(key).equals(value);
    }

    long nanos(String key) {
        return Quantity.nanos(key, text(key));
    }

    int bytes(String key, int ifAuto) {
        return is(key, "auto") ? ifAuto : Quantity.bytes(key, text(key));
    }

    /// A whole number, or `otherwise` where the text is `auto` or `off`.
    int count(String key, int otherwise) {
        return is(key, "auto") || is(key, "off") ? otherwise : (int) number(key, 0, 100_000_000);
    }

    double number(String key, double least, double most) {
        try {
            double value = Double.parseDouble(text(key));
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below, with the bounds
        }
        throw new BadScript(
                "%s=%s: write a number from %s to %s"
                        .formatted(key, text(key), plain(least), plain(most)));
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : "" + number;
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (name(constant).equals(text(key))) {
                return constant;
            }
        }
        StringBuilder known = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            known.append(known.isEmpty() ? "" : ", ").append(name(constant));
        }
        throw new BadScript(key + "=" + text(key) + ": write one of " + known);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The terms as one canonical text.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        values.forEach((k, v) -> out.append(out.isEmpty() ? "" : ";").append(k + "=" + v));
        return out.toString();
    }
}
