package dev.ebbgate.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.tool.CancelMode;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.settings.ToolSettings;

import java.time.Duration;
import java.util.List;

/// A command whose whole tree of processes ends with its tool: TERM, then KILL after `grace`.
public final class ProcessRecipe {

    private ProcessRecipe() {}

    static Tool<List<String>, Integer> running(Duration total) {
        // <process>
        return Tool.of(
                "run",
                ToolSettings.of(total).withMode(CancelMode.KILL_PROCESS),
                (command, ctx) -> {
                    Process process =
                            ctx.own(new ProcessBuilder(command).redirectErrorStream(true));
                    var lines = process.inputReader(UTF_8);
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        ctx.emit(line);
                    }
                    return process.waitFor();
                });
        // </process>
    }
}
