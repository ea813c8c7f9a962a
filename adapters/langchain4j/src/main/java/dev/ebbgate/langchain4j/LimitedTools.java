package dev.ebbgate.langchain4j;

import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.SettingsByTool;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolService;

import java.util.Arrays;
import java.util.List;

/// Puts limits around the tools of an AI service, each by its name:
/// `AiServices.builder(…).tools(LimitedTools.on(runtime, settings).of(new Weather(), new Shop()))`.
///
/// The methods run on virtual threads of the runtime's: what they look for in a thread-local has to
/// be carried there (`ToolRuntime.builder().carrying`). `@CompensateFor` has no effect on them.
///
/// @param words what the model is told of a call that did not come to an end; what a tool returned
///   or threw is LangChain4j's to tell
public record LimitedTools(ToolRuntime runtime, SettingsByTool settings, ModelWords words) {

    public static LimitedTools on(ToolRuntime runtime, SettingsByTool settings) {
        return new LimitedTools(runtime, settings, ModelWords.DEFAULT);
    }

    public LimitedTools withWords(ModelWords value) {
        return new LimitedTools(runtime, settings, value);
    }

    /// The tools of these objects: their methods with `@Tool`, as LangChain4j finds them.
    ///
    /// @throws IllegalArgumentException if the settings name a tool that is not among them
    public List<AiServiceTool> of(Object... objectsWithTools) {
        return around(
                Arrays.stream(objectsWithTools)
                        .flatMap(object -> ToolService.findTools(object).stream())
                        .toList());
    }

    /// The same around tools that come from elsewhere.
    public List<AiServiceTool> around(List<AiServiceTool> tools) {
        settings.requireNames(tools.stream().map(AiServiceTool::name).toList());
        return tools.stream().map(this::around).toList();
    }

    private AiServiceTool around(AiServiceTool tool) {
        ToolExecutor limited = around(tool.name(), tool.toolExecutor());
        return tool.toBuilder().toolExecutor(limited).build();
    }

    /// One tool, for those who call executors themselves.
    public ToolExecutor around(String name, ToolExecutor executor) {
        return new LimitedExecutor(runtime, words, name, settings.of(name), executor);
    }
}
