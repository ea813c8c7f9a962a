package dev.ebbgate.gateway.config;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts environment variables into scalars that are already parsed: `${NAME}` and
/// `${NAME:-default}`, where the default also stands for an empty value. What is put in is never
/// looked at again, neither for variables nor as YAML.
record Variables(Map<String, String> environment) {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?})?");

    static boolean in(String text) {
        return text.contains("${");
    }

    /// The text with its variables replaced, or null after telling `refuse` of each that cannot be.
    @Nullable String replace(String text, Consumer<String> refuse) {
        StringBuilder out = new StringBuilder();
        boolean whole = true;
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            String problem = problem(reference);
            if (problem == null) {
                reference.appendReplacement(out, Matcher.quoteReplacement(value(reference)));
            } else {
                refuse.accept(problem);
                whole = false;
                reference.appendReplacement(out, "");
            }
        }
        reference.appendTail(out);
        return whole ? out.toString() : null;
    }

    private @Nullable String problem(Matcher reference) {
        String name = reference.group(1);
        if (name == null) {
            return "${ begins no variable; write ${NAME} or ${NAME:-default}";
        }
        boolean known = environment.containsKey(name) || reference.group(2) != null;
        return known
                ? null
                : "the variable "
                        + name
                        + " is not set; write export "
                        + name
                        + "=… before the start, or ${"
                        + name
                        + ":-} here";
    }

    private String value(Matcher reference) {
        String value = environment.getOrDefault(reference.group(1), "");
        String otherwise = reference.group(2);
        return value.isEmpty() && otherwise != null ? otherwise : value;
    }
}
