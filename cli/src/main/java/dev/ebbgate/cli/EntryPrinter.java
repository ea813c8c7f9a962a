package dev.ebbgate.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Routes and providers in words, as the admin API tells of them.
final class EntryPrinter {
    private EntryPrinter() {}

    /// One line each, and one for each that an operator deleted.
    ///
    /// @param section `routes` or `providers`
    /// @param what the setting to show
    static List<String> list(JsonObject all, String section, String what) {
        List<String> lines = new ArrayList<>();
        JsonArray entries = all.getJsonArray(section);
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.getJsonObject(i);
            Object value = entry.getJsonObject("settings").getValue(what);
            String changed = entry.getJsonArray("overlay").isEmpty() ? "" : "  (changed)";
            lines.add(String.format("%-24s %s%s", entry.getString("name"), value, changed));
        }
        all.getJsonArray("deleted", new JsonArray())
                .forEach(
                        name -> lines.add(String.format("%-24s (deleted; the file has it)", name)));
        return lines;
    }

    /// Every limit in force with its source, and what the file has instead.
    static List<String> entry(JsonObject entry) {
        List<String> lines = new ArrayList<>();
        JsonArray inForce = entry.getJsonArray("in_force");
        for (int i = 0; i < inForce.size(); i++) {
            JsonObject at = inForce.getJsonObject(i);
            lines.add(
                    entry.getString("name")
                            + " -> "
                            + at.getString("target")
                            + "  ("
                            + at.getString("dialect")
                            + ", "
                            + at.getString("base_url")
                            + ")");
            JsonObject limits = at.getJsonObject("limits");
            for (String limit : limits.fieldNames()) {
                JsonObject value = limits.getJsonObject(limit);
                lines.add(
                        String.format(
                                "  %-17s %-8s %s%s",
                                limit,
                                value.getString("value"),
                                value.getString("source"),
                                file(entry, limit)));
            }
        }
        overlay(entry, lines);
        return lines;
    }

    private static String file(JsonObject entry, String limit) {
        JsonObject changed = changed(entry, limit.contains(".") ? limit : "timeouts." + limit);
        String file = changed == null ? null : changed.getString("file");
        return file == null ? "" : "  (the file has " + file + ")";
    }

    private static @Nullable JsonObject changed(JsonObject entry, String key) {
        JsonArray overlay = entry.getJsonArray("overlay");
        for (int i = 0; i < overlay.size(); i++) {
            if (overlay.getJsonObject(i).getString("key").equals(key)) {
                return overlay.getJsonObject(i);
            }
        }
        return null;
    }

    private static void overlay(JsonObject entry, List<String> lines) {
        JsonArray overlay = entry.getJsonArray("overlay");
        for (int i = 0; i < overlay.size(); i++) {
            JsonObject one = overlay.getJsonObject(i);
            String file = one.getString("file");
            lines.add(
                    "changed at "
                            + one.getString("at")
                            + ": "
                            + one.getString("key")
                            + " = "
                            + one.getString("value")
                            + (file == null ? "" : ", the file has " + file)
                            + (one.getBoolean("in_force")
                                    ? ""
                                    : "; set aside, as it no longer fits"));
        }
    }
}
