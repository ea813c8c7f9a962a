package dev.ebbgate.springai;

import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.SettingsByTool;

import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;

import java.util.Arrays;

/// Puts limits around tools, each by its name: where there was `ToolCallbacks.from(new Weather())`
/// there is `LimitedTools.on(runtime, settings).of(new Weather())`.
///
/// The methods run on virtual threads of the runtime's: what they look for in a thread-local, such
/// as the security context, has to be carried there (`ToolRuntime.builder().carrying`).
///
/// @param words what the model is told of a call that did not come to an end; what a tool returned
///   or threw is Spring AI's to tell
public record LimitedTools(ToolRuntime runtime, SettingsByTool settings, ModelWords words) {

    public static LimitedTools on(ToolRuntime runtime, SettingsByTool settings) {
        return new LimitedTools(runtime, settings, ModelWords.DEFAULT);
    }

    public LimitedTools withWords(ModelWords value) {
        return new LimitedTools(runtime, settings, value);
    }

    /// The tools of these objects: their methods with `@Tool`, as Spring AI finds them.
    ///
    /// @throws IllegalArgumentException if the settings name a tool that is not among them
    public ToolCallback[] of(Object... toolObjects) {
        return around(ToolCallbacks.from(toolObjects));
    }

    /// The same around tools that come from elsewhere.
    public ToolCallback[] around(ToolCallback... tools) {
        settings.requireNames(Arrays.stream(tools).map(LimitedTools::name).toList());
        return Arrays.stream(tools).map(this::limited).toArray(ToolCallback[]::new);
    }

    private ToolCallback limited(ToolCallback tool) {
        return new LimitedCallback(runtime, words, settings.of(name(tool)), tool);
    }

    private static String name(ToolCallback tool) {
        return tool.getToolDefinition().name();
    }
}
