package dev.ebbgate.tools;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/// Puts what several threads say into one order, and lets one of them at a time carry it out: here,
/// and nowhere else, is decided which of two comes first. Nobody waits for another's work.
final class Mailbox<E> {

    /// Reads one event after the other.
    interface Reader<E> {
        void read(E event, long atNanos);

        /// Reading an event has failed. What has come besides is read all the same.
        void failed(Throwable why);

        /// For now there is no more.
        void pause();
    }

    private record Letter<E>(E event, long atNanos) {}

    private final Reader<E> reader;
    private final ArrayDeque<Letter<E>> letters = new ArrayDeque<>(2);
    private boolean busy;

    Mailbox(Reader<E> reader) {
        this.reader = reader;
    }

    /// Adds an event; reads it and whatever else has come, unless another thread does so already.
    void post(E event, long atNanos) {
        synchronized (letters) {
            letters.add(new Letter<>(event, atNanos));
            if (busy) {
                return;
            }
            busy = true;
        }
        Letter<E> next = next();
        while (next != null) {
            read(next);
            next = next();
        }
    }

    private void read(Letter<E> letter) {
        try {
            reader.read(letter.event, letter.atNanos);
        } catch (Throwable e) { // whatever it is, nobody else would read what comes after it
            reader.failed(e);
        }
    }

    private @Nullable Letter<E> next() {
        synchronized (letters) {
            Letter<E> next = letters.poll();
            if (next != null) {
                return next;
            }
            try {
                reader.pause();
            } finally {
                busy = false;
            }
            return null;
        }
    }
}
