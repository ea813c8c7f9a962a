package dev.ebbgate.tools;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A variable in the environment of a process, which its children inherit: it finds those that have
/// lost their parent or left its session. Only Linux shows it to others; elsewhere it finds none.
final class ProcessMark {

    private static final String NAME = "EBBGATE_TOOL_PROCESS";
    private static final Path PROCESSES = Path.of("/proc");

    private final String value = UUID.randomUUID().toString();

    /// Starts a process with the mark; the builder is left as it was.
    Process start(ProcessBuilder builder) throws IOException {
        builder.environment().put(NAME, value);
        try {
            return builder.start();
        } finally {
            builder.environment().remove(NAME);
        }
    }

    List<ProcessHandle> find() {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isReadable(PROCESSES)) {
            return found;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                if (isMarked(process)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // those that were found are all that can be
        }
        return found;
    }

    private boolean isMarked(Path process) {
        try {
            byte[] environment = Files.readAllBytes(process.resolve("environ"));
            String entries = new String(environment, StandardCharsets.ISO_8859_1);
            return entries.contains(NAME + "=" + value);
        } catch (IOException _) {
            return false; // it has ended, or is another user's
        }
    }
}
