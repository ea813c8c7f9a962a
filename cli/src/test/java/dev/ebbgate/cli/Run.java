package dev.ebbgate.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/// One run of a command within this process: its exit code and what it printed.
record Run(int code, String out, String err) {
    /// In an empty world: no variables, no gateway.
    static Run of(String... arguments) {
        return in(Path.of("/nonexistent"), Map.of(), arguments);
    }

    static Run in(Path folder, Map<String, String> environment, String... arguments) {
        World.Gate none =
                (_, _) -> {
                    throw new AssertionError("no gateway is to be opened");
                };
        return in(new World(environment, folder, none, _ -> {}), arguments);
    }

    static Run in(World world, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.run(world, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        return new Run(code, out.toString(), err.toString());
    }
}
