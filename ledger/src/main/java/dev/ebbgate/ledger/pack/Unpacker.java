package dev.ebbgate.ledger.pack;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Reads the exchanges of a block.
public final class Unpacker {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    /// What stands for a word whose number nobody knows any more.
    private static final String UNKNOWN = "?";

    private final Dictionary words;
    private final Unpacked in;
    private final long baseMillis;

    /// @param baseMillis as it was written with
    public Unpacker(Dictionary words, byte[] block, long baseMillis) {
        this.words = words;
        this.in = new Unpacked(block);
        this.baseMillis = baseMillis;
    }

    public boolean hasNext() {
        return !in.isAtEnd();
    }

    /// The next exchange.
    public Recorded next() {
        int flags = in.octet();
        String id = id(flags);
        long endedMillis = baseMillis + in.signed();
        long totalNanos = micros();
        Entry.Asked asked = asked(flags);
        Entry.Told told = told(flags);
        Entry.Client client = new Entry.Client(word(), word(), word());
        Ended ended = ended();
        List<Recorded.Try> attempts = new ArrayList<>();
        for (long left = in.number(); left > 0; left--) {
            attempts.add(attempt());
        }
        long arrivedMillis = endedMillis - totalNanos / NANOS_PER_MILLI;
        return new Recorded(id, arrivedMillis, totalNanos, asked, attempts, ended, told, client);
    }

    private String id(int flags) {
        return has(flags, Packer.OWN_ID)
                ? ExchangeId.of(baseMillis + in.signed(), in.number())
                : in.text();
    }

    private Entry.Asked asked(int flags) {
        return new Entry.Asked(
                given(),
                dialect(given()),
                word(),
                given(),
                has(flags, Packer.STREAMED),
                has(flags, Packer.RESEND),
                in.number());
    }

    private static Dialect dialect(String key) {
        for (Dialect dialect : Dialect.values()) {
            if (dialect.key().equals(key)) {
                return dialect;
            }
        }
        return Dialect.OPENAI;
    }

    private Entry.Told told(int flags) {
        int status = in.count();
        long chunks = in.number();
        long bytes = in.number();
        return new Entry.Told(
                status,
                has(flags, Packer.EARLY_HEAD),
                has(flags, Packer.ERROR_INSIDE),
                bytes,
                chunks,
                in.count());
    }

    private Recorded.Try attempt() {
        String target = given();
        String why = given();
        String phase = given();
        Ended ended = ended();
        return new Recorded.Try(target, why, ended, phase, waits(), answered());
    }

    private Entry.Answered answered() {
        return new Entry.Answered(
                in.count(), word(), in.number() - 1, in.number() - 1, in.number());
    }

    private Waits waits() {
        long queuedNanos = micros();
        long startNanos = micros();
        return new Waits(
                queuedNanos,
                startNanos,
                moment(startNanos),
                moment(startNanos),
                moment(startNanos),
                micros(),
                moment(startNanos));
    }

    private long moment(long startNanos) {
        long written = in.number();
        return written == 0 ? Deadline.NEVER : startNanos + (written - 1) * Packer.MICRO;
    }

    private long micros() {
        return in.number() * Packer.MICRO;
    }

    private Ended ended() {
        int flags = in.octet();
        String outcome = given();
        String cause = word();
        boolean repaired = has(flags, Packer.REPAIRED);
        if (!has(flags, Packer.CUT)) {
            return new Ended(outcome, cause, null, 0, repaired);
        }
        Cut cut = new Cut(given(), given(), given());
        return new Ended(outcome, cause, cut, micros(), repaired);
    }

    private String given() {
        return Objects.requireNonNullElse(word(), UNKNOWN);
    }

    private @Nullable String word() {
        int written = in.count();
        return switch (written) {
            case Packer.NULL -> null;
            case Packer.INLINE -> in.text();
            default -> Objects.requireNonNullElse(words.word(written - Packer.INLINE), UNKNOWN);
        };
    }

    private static boolean has(int flags, int flag) {
        return (flags & flag) != 0;
    }
}
