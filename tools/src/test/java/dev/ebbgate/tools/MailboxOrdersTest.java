package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The one place where a race is decided, in one order of its steps after the other instead of by
/// chance.
@Timeout(120)
class MailboxOrdersTest {

    /// Posted to by several threads; each event is read once, by one thread at a time, and the
    /// reader is told when there is no more.
    public abstract static class Posted implements Mailbox.Reader<Integer> {
        private final AtomicInteger posted = new AtomicInteger();
        private int read;
        private int reading;
        private int most;
        private boolean paused = true;

        abstract void toMailbox(int event);

        @Operation
        public void post(int event) {
            posted.incrementAndGet();
            toMailbox(event);
        }

        @Override
        public void read(Integer event, long atNanos) {
            paused = false;
            reading++;
            most = Math.max(most, reading);
            read++;
            reading--;
        }

        @Override
        public void failed(Throwable why) {
            throw new IllegalStateException(why);
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Validate
        public void everyEventWasReadByOneAtATime() {
            if (read != posted.get() || most > 1 || reading != 0 || !paused) {
                throw new IllegalStateException(
                        "%d posted, %d read, %d at a time".formatted(posted.get(), read, most));
            }
        }
    }

    public static final class Sound extends Posted {
        private final Mailbox<Integer> mailbox = new Mailbox<>(this);

        @Override
        void toMailbox(int event) {
            mailbox.post(event, event);
        }
    }

    /// Looks, and then acts: what a mailbox must not do.
    public static final class Careless extends Posted {
        private final List<Integer> letters = new ArrayList<>();
        private boolean busy;

        @Override
        void toMailbox(int event) {
            synchronized (letters) {
                letters.add(event);
            }
            if (busy) {
                return;
            }
            busy = true;
            for (Integer next = next(); next != null; next = next()) {
                read(next, event);
            }
            pause();
            busy = false;
        }

        private @Nullable Integer next() {
            synchronized (letters) {
                return letters.isEmpty() ? null : letters.removeFirst();
            }
        }
    }

    private static void check(Class<? extends Posted> posted) {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(10)
                .invocationsPerIteration(1_000)
                .check(posted);
    }

    @Test
    @DisplayName(
            "law 1: in whatever order of steps, each event is read once, by one thread at a time")
    void anyOrderOfSteps_isReadOnceAndByOneAtATime() {
        check(Sound.class);
    }

    @Test
    void carelessMailbox_isFoundOut() {
        assertThatExceptionOfType(LincheckAssertionError.class)
                .isThrownBy(() -> check(Careless.class))
                .withMessageContaining("posted");
    }
}
