package dev.ebbgate.mcp;

import dev.ebbgate.core.limit.Span;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The process of a server, with its children: a launcher such as `npx` starts the server proper
/// and leaves it behind when it is killed alone.
final class ServerProcess implements AutoCloseable {

    private final Process process;
    private final Span grace;
    private final Set<ProcessHandle> tree = new LinkedHashSet<>();

    ServerProcess(Process process, Span grace) {
        this.process = process;
        this.grace = grace;
        var _ = process.onExit().thenRun(this::died);
    }

    InputStream output() {
        return process.getInputStream();
    }

    OutputStream input() {
        return process.getOutputStream();
    }

    /// Remembers its children while they can be found: once their parent is dead, nobody could.
    synchronized Set<ProcessHandle> remember() {
        process.descendants().forEach(tree::add);
        tree.add(process.toHandle());
        return new LinkedHashSet<>(tree);
    }

    /// Ends it as the protocol asks: its input is closed, then TERM, then KILL, each after `grace`.
    @Override
    public void close() {
        Set<ProcessHandle> all = remember();
        // Where it has stopped reading, closing its input waits for it too.
        Thread.ofVirtual().name("mcp-close").start(() -> close(process.getOutputStream()));
        try {
            if (!haveEnded(all)) {
                all.forEach(ProcessHandle::destroy);
                boolean _ = haveEnded(all);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            kill();
        }
    }

    private boolean haveEnded(Set<ProcessHandle> all) throws InterruptedException {
        CompletableFuture<?>[] ends =
                all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(grace.nanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException _) {
            return false;
        }
    }

    /// Ends its children too. Its last words are still read, but nobody waits for a stranger who
    /// holds its output open.
    private void died() {
        remember().forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.delayedExecutor(grace.nanos(), TimeUnit.NANOSECONDS).execute(this::kill);
    }

    /// Ends all of them now, and closes the pipes.
    private void kill() {
        remember().forEach(ProcessHandle::destroyForcibly);
        close(process.getOutputStream());
        close(process.getInputStream());
        close(process.getErrorStream());
    }

    private static void close(Closeable pipe) {
        try {
            pipe.close();
        } catch (IOException _) {
            // the other end is dead
        }
    }
}
