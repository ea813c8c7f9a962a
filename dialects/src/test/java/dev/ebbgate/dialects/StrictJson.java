package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A second opinion on what is JSON, written the plain way: recursive, over text, building a tree.
final class StrictJson {

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern STRING =
            Pattern.compile("\"([^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*+\"");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(u(....)|.)");
    private static final Pattern SPACE = Pattern.compile("[ \\t\\r\\n]*");

    private final String text;
    private int at;

    private StrictJson(String text) {
        this.text = text;
    }

    /// The tree of this text: maps, lists, strings, doubles, booleans, null.
    ///
    /// @throws IllegalArgumentException where it is no JSON
    static @Nullable Object parse(String text) {
        StrictJson json = new StrictJson(text);
        Object value = json.value();
        if (json.at != text.length()) {
            throw new IllegalArgumentException("more at " + json.at);
        }
        return value;
    }

    static boolean accepts(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// The member of nested objects at this path.
    static @Nullable Object at(String text, String... path) {
        Object value = parse(text);
        for (String name : path) {
            value = ((Map<?, ?>) Objects.requireNonNull(value)).get(name);
        }
        return value;
    }

    private @Nullable Object value() {
        space();
        Object value = bare();
        space();
        return value;
    }

    private @Nullable Object bare() {
        if (taken("{")) {
            return object();
        }
        if (taken("[")) {
            return array();
        }
        if (taken("true")) {
            return true;
        }
        if (taken("false")) {
            return false;
        }
        if (taken("null")) {
            return null;
        }
        return text.startsWith("\"", at) ? string() : (Object) Double.valueOf(match(NUMBER));
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        space();
        if (taken("}")) {
            return members;
        }
        do {
            space();
            String name = string();
            space();
            need(":");
            members.put(name, value());
        } while (taken(","));
        need("}");
        return members;
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> elements = new ArrayList<>();
        space();
        if (taken("]")) {
            return elements;
        }
        do {
            elements.add(value());
        } while (taken(","));
        need("]");
        return elements;
    }

    private String string() {
        String quoted = match(STRING);
        Matcher escape = ESCAPE.matcher(quoted.substring(1, quoted.length() - 1));
        return escape.replaceAll(found -> Matcher.quoteReplacement(unescaped(escape)));
    }

    private static String unescaped(Matcher escape) {
        String hex = escape.group(2);
        if (hex != null) {
            return String.valueOf((char) Integer.parseInt(hex, 16));
        }
        char c = escape.group(1).charAt(0);
        int special = "bfnrt".indexOf(c);
        return String.valueOf(special < 0 ? c : "\b\f\n\r\t".charAt(special));
    }

    private void space() {
        match(SPACE);
    }

    private boolean taken(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void need(String word) {
        if (!taken(word)) {
            throw new IllegalArgumentException("no " + word + " at " + at);
        }
    }

    private String match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("no " + pattern + " at " + at);
        }
        at = matcher.end();
        return matcher.group();
    }
}
