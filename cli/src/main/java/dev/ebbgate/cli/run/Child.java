package dev.ebbgate.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The command's process. It has our stdin, stdout and stderr; a signal that is sent to us goes to
/// it, and we end when it does, with its exit code.
///
/// What a terminal sends (Ctrl-C, Ctrl-\\) reaches the whole group of processes, the child
/// included, and is not sent to it a second time.
public final class Child {

    private static final long KILL_SECONDS = 5;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /// Starts a command.
    ///
    /// @param set variables that it gets beside ours
    /// @throws IOException if it cannot be started
    public static Child start(List<String> command, Map<String, String> set, Path folder)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toAbsolutePath().toFile()).inheritIO();
        builder.environment().putAll(set);
        return new Child(builder.start());
    }

    /// Hands a signal on.
    ///
    /// @param name without SIG: `TERM`
    public void signal(String name) {
        try {
            String pid = Long.toString(process.pid());
            Process kill = new ProcessBuilder("kill", "-" + name, pid).start();
            kill.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
        } catch (IOException _) {
            process.destroy(); // without kill there is one signal only
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for its end.
    ///
    /// @return its exit code; 128 and the signal's number where a signal ended it
    public int await() throws InterruptedException {
        return process.waitFor();
    }
}
