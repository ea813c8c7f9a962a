package dev.ebbgate.sim;

import dev.ebbgate.sim.JournalEntry.Received;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/// What the simulated provider saw: every attempt, oldest first, at most the last [#CAPACITY]. Safe
/// for threads.
public final class Journal {

    public static final int CAPACITY = 20_000;

    private record Waiter(Predicate<JournalEntry> wanted, CompletableFuture<JournalEntry> found) {}

    private final Deque<Attempt> attempts = new ArrayDeque<>();
    private final List<Waiter> waiters = new ArrayList<>();
    private volatile boolean awaited;
    private long lastId;

    Journal() {}

    synchronized Attempt open(Received received, Attempt.Start start) {
        Attempt attempt = new Attempt(++lastId, this, received, start);
        attempts.add(attempt);
        if (attempts.size() > CAPACITY) {
            attempts.remove();
        }
        return attempt;
    }

    /// All attempts, oldest first.
    public synchronized List<JournalEntry> entries() {
        return attempts.stream().map(Attempt::entry).toList();
    }

    public synchronized Optional<JournalEntry> entry(long id) {
        return attempts.stream().filter(a -> a.id() == id).findFirst().map(Attempt::entry);
    }

    /// How many attempts have not ended.
    public synchronized int open() {
        return (int) attempts.stream().filter(a -> !a.over()).count();
    }

    /// Forgets all attempts. Identifiers are not used again.
    public synchronized void clear() {
        attempts.clear();
    }

    /// Completes with the first attempt, past or to come, that is as wanted, at the moment it comes
    /// to be so. The predicate is run on event loops and must not block; the future never completes
    /// if nothing ever is as wanted, so wait with a time limit.
    public CompletableFuture<JournalEntry> await(Predicate<JournalEntry> wanted) {
        CompletableFuture<JournalEntry> found = new CompletableFuture<>();
        synchronized (this) {
            waiters.add(new Waiter(wanted, found));
            awaited = true;
        }
        entries().stream().filter(wanted).findFirst().ifPresent(found::complete);
        dropDone();
        return found;
    }

    /// As [#await], for an attempt that has also ended, however it did.
    public CompletableFuture<JournalEntry> awaitEnded(Predicate<JournalEntry> wanted) {
        return await(entry -> entry.end() != End.OPEN && wanted.test(entry));
    }

    void changed(Attempt attempt) {
        if (!awaited) {
            return;
        }
        List<Waiter> now;
        synchronized (this) {
            now = List.copyOf(waiters);
        }
        JournalEntry entry = attempt.entry();
        for (Waiter waiter : now) {
            if (waiter.wanted().test(entry)) {
                waiter.found().complete(entry);
            }
        }
        dropDone();
    }

    private synchronized void dropDone() {
        waiters.removeIf(waiter -> waiter.found().isDone());
        awaited = !waiters.isEmpty();
    }

    /// What stands in the journal for a credential: enough to tell two apart, not enough to use.
    public static String fingerprint(String credential) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] hash = sha.digest(credential.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
