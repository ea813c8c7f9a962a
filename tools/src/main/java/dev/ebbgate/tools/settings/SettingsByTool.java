package dev.ebbgate.tools.settings;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/// How several tools are to be run: those that are named by settings of their own, the others
/// alike.
public record SettingsByTool(ToolSettings others, Map<String, ToolSettings> named) {

    public static final SettingsByTool DEFAULT = new SettingsByTool(ToolSettings.DEFAULT, Map.of());

    public SettingsByTool {
        named = Map.copyOf(named);
    }

    /// The defaults with this limit on each whole run.
    public static SettingsByTool of(Duration total) {
        return new SettingsByTool(ToolSettings.of(total), Map.of());
    }

    /// These settings for every tool.
    public static SettingsByTool of(ToolSettings others) {
        return new SettingsByTool(others, Map.of());
    }

    /// With the defaults, and this limit on the whole run, for the tool of that name.
    public SettingsByTool with(String tool, Duration total) {
        return with(tool, ToolSettings.of(total));
    }

    public SettingsByTool with(String tool, ToolSettings settings) {
        Map<String, ToolSettings> more = new LinkedHashMap<>(named);
        more.put(tool, settings);
        return new SettingsByTool(others, more);
    }

    /// The settings in force for the tool of that name.
    public ToolSettings of(String tool) {
        return named.getOrDefault(tool, others);
    }

    /// Refuses a name that no tool has: a misspelt limit is one that is not in force.
    ///
    /// @throws IllegalArgumentException with all such names, and those that there are
    public void requireNames(Collection<String> tools) {
        var unknown = new TreeSet<>(named.keySet());
        unknown.removeAll(tools);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "no tool is named %s; there are: %s"
                            .formatted(
                                    String.join(", ", unknown),
                                    String.join(", ", new TreeSet<>(tools))));
        }
    }
}
