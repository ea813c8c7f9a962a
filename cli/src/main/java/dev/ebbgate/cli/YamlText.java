package dev.ebbgate.cli;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

import java.util.ArrayList;
import java.util.List;

/// Settings as YAML: mappings as blocks, all else as JSON has it, which is YAML too.
final class YamlText {
    private static final String INDENT = "  ";

    private YamlText() {}

    static List<String> of(String section, String name, JsonObject settings) {
        List<String> lines = new ArrayList<>();
        lines.add(section + ":");
        lines.add(INDENT + Json.encode(name) + ":");
        add(settings, INDENT + INDENT, lines);
        return lines;
    }

    private static void add(JsonObject settings, String indent, List<String> lines) {
        for (String key : settings.fieldNames()) {
            Object value = settings.getValue(key);
            if (value instanceof JsonObject inner) {
                lines.add(indent + key + ":");
                add(inner, indent + INDENT, lines);
            } else {
                lines.add(indent + key + ": " + Json.encode(value));
            }
        }
    }
}
