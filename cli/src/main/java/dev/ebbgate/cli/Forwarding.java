package dev.ebbgate.cli;

import dev.ebbgate.cli.run.Child;

import sun.misc.Signal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Hands the signals that come to this process on to a child. An interrupt from the terminal is not
/// handed on: it reaches every process of the foreground group by itself, the child included.
final class Forwarding {

    private static final int GROUP = 2;
    private static final int TERMINALS_GROUP = 5;

    private Forwarding() {}

    static void to(Child child) {
        for (String name : List.of("TERM", "HUP", "INT")) {
            Signal.handle(
                    new Signal(name),
                    _ -> {
                        if (!name.equals("INT") || !isInForeground()) {
                            child.signal(name);
                        }
                    });
        }
    }

    /// Whether this process is in the foreground group of a terminal; false where the system does
    /// not say so in this way.
    private static boolean isInForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[GROUP].equals(fields[TERMINALS_GROUP]);
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }
}
