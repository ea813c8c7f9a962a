package dev.ebbgate.tools;

import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process with all that come from it. They are remembered from the moment at which they are told
/// to end: once their parent is dead, only their mark could find them.
final class OwnedProcess {

    private final Process process;
    private final ProcessMark mark;
    private final long graceNanos;
    private final Set<ProcessHandle> tree = new LinkedHashSet<>();

    private OwnedProcess(Process process, ProcessMark mark, long graceNanos) {
        this.process = process;
        this.mark = mark;
        this.graceNanos = graceNanos;
    }

    static OwnedProcess start(ProcessBuilder builder, long graceNanos) throws IOException {
        ProcessMark mark = new ProcessMark();
        return new OwnedProcess(mark.start(builder), mark, graceNanos);
    }

    Process process() {
        return process;
    }

    /// Asks all of them to end (TERM).
    void terminate() {
        look().forEach(ProcessHandle::destroy);
    }

    /// Ends all of them (KILL), and closes the pipes.
    void kill() {
        look().forEach(ProcessHandle::destroyForcibly);
        close(process.getOutputStream());
        close(process.getInputStream());
        close(process.getErrorStream());
    }

    private synchronized Set<ProcessHandle> look() {
        process.descendants().forEach(tree::add);
        tree.addAll(mark.find());
        tree.add(process.toHandle());
        return new LinkedHashSet<>(tree);
    }

    /// Asks them to end, waits half the time there is for cleanups, and ends those that are left.
    void close() throws InterruptedException {
        try {
            if (look().stream().anyMatch(ProcessHandle::isAlive)) {
                terminate();
                awaitEnd(graceNanos / 2);
            }
        } finally {
            kill();
        }
    }

    private void awaitEnd(long nanos) throws InterruptedException {
        CompletableFuture<?>[] ends =
                look().stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // they are killed next
        }
    }

    private static void close(Closeable pipe) {
        try {
            pipe.close();
        } catch (IOException _) {
            // the other end is dead
        }
    }
}
