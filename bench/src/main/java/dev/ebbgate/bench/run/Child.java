package dev.ebbgate.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A process that this run started, and its cost as the kernel counts it.
///
/// Its id is added to `pids` in the work folder, so that the script can end it if this JVM cannot.
public final class Child implements AutoCloseable {
    private static final long MICROS_PER_TICK = 10_000;
    private static final int GRACE_SECONDS = 5;
    private static final int STATE_FIELD = 3;
    private static final int UTIME_FIELD = 14;
    private static final int RSS_PAGES_FIELD = 24;
    private static final int KIB_PER_PAGE = 4;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /// Starts a command whose output goes to `<name>.log` in the work folder. It inherits the
    /// environment without proxy settings, for all that is asked here is on loopback.
    public static Child start(Path work, String name, List<String> command) throws IOException {
        Path log = work.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(work.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(key -> key.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        Process process = builder.start();
        Files.writeString(
                work.resolve("pids"),
                process.pid() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new Child(process);
    }

    /// Whether the process runs.
    public boolean alive() {
        return process.isAlive();
    }

    /// CPU time so far, user and system, of the process and its children, in µs; the kernel counts
    /// steps of 10 ms.
    public long cpuMicros() throws IOException {
        long ticks = 0;
        for (List<String> stat : stats()) {
            ticks +=
                    Long.parseLong(field(stat, UTIME_FIELD))
                            + Long.parseLong(field(stat, UTIME_FIELD + 1));
        }
        return ticks * MICROS_PER_TICK;
    }

    /// Resident memory of the process and its children, in KiB.
    public long residentKib() throws IOException {
        long pages = 0;
        for (List<String> stat : stats()) {
            pages += Long.parseLong(field(stat, RSS_PAGES_FIELD));
        }
        return pages * KIB_PER_PAGE;
    }

    private List<List<String>> stats() throws IOException {
        List<List<String>> stats = new ArrayList<>();
        for (ProcessHandle handle :
                Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList()) {
            String text = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
            stats.add(List.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1)));
        }
        return stats;
    }

    // Fields are numbered as in proc(5); the list starts after the name, which may hold blanks.
    private static String field(List<String> stat, int number) {
        return stat.get(number - STATE_FIELD);
    }

    /// Ends the process, by force if it does not end in time.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
