package dev.ebbgate.examples;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.ModelWords;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.Locale;

/// A tool, a limit, and what the model is told.
public final class QuickStart {

    private QuickStart() {}

    static String answer(String word) throws InterruptedException {
        // <quick-start>
        Tool.Body<String, String> body =
                (arg, ctx) -> {
                    ctx.emit(arg.length() + " letters"); // kept, whatever comes
                    return arg.toUpperCase(Locale.ROOT);
                };
        Tool<String, String> shout =
                Tool.of("shout", ToolSettings.of(Duration.ofSeconds(20)), body);
        try (ToolRuntime runtime = ToolRuntime.create()) {
            ToolCall<String> call = runtime.start(shout, word, ToolOptions.call("call_1"));
            return ModelWords.DEFAULT.of(call).openAi(); // the tool message for the model
        }
        // </quick-start>
    }
}
