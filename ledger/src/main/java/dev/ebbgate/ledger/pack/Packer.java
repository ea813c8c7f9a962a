package dev.ebbgate.ledger.pack;

import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Deadline;

import org.jspecify.annotations.Nullable;

/// Writes exchanges into a block, one after the other. [Unpacker] reads them.
public final class Packer {

    static final int STREAMED = 1;
    static final int RESEND = 2;
    static final int EARLY_HEAD = 4;
    static final int ERROR_INSIDE = 8;
    static final int OWN_ID = 16;

    static final int REPAIRED = 1;
    static final int CUT = 2;

    static final int NULL = 0;
    static final int INLINE = 1;

    static final long MICRO = 1_000;

    private final Dictionary words;
    private final Packed out;

    /// @param out is written to
    public Packer(Dictionary words, Packed out) {
        this.words = words;
        this.out = out;
    }

    /// Writes one exchange.
    ///
    /// @param baseMillis a moment near its end
    public void write(Recorded entry, long baseMillis) {
        out.octet(flags(entry));
        id(entry, baseMillis);
        out.signed(entry.endedMillis() - baseMillis);
        micros(entry.totalNanos());
        asked(entry.asked());
        told(entry.told());
        word(entry.client().key());
        word(entry.client().userAgent());
        text(entry.client().tag());
        ended(entry.ended());
        out.number(entry.attempts().size());
        for (Recorded.Try attempt : entry.attempts()) {
            attempt(attempt);
        }
    }

    private static int flags(Recorded entry) {
        return (entry.asked().streamed() ? STREAMED : 0)
                | (entry.asked().resend() ? RESEND : 0)
                | (entry.told().earlyHead() ? EARLY_HEAD : 0)
                | (entry.told().errorInside() ? ERROR_INSIDE : 0)
                | (ExchangeId.millis(entry.exchange()) >= 0 ? OWN_ID : 0);
    }

    private void id(Recorded entry, long baseMillis) {
        long millis = ExchangeId.millis(entry.exchange());
        if (millis < 0) {
            out.text(entry.exchange());
        } else {
            out.signed(millis - baseMillis);
            out.number(ExchangeId.chance(entry.exchange()));
        }
    }

    private void asked(Entry.Asked asked) {
        word(asked.operation());
        word(asked.dialect().key());
        word(asked.route());
        word(asked.model());
        out.number(asked.bytes());
    }

    private void told(Entry.Told told) {
        out.number(told.status()).number(told.chunks()).number(told.bytes());
        out.number(told.skipped());
    }

    private void attempt(Recorded.Try attempt) {
        word(attempt.target());
        word(attempt.why());
        word(attempt.phase());
        ended(attempt.ended());
        waits(attempt.waits());
        Entry.Answered answered = attempt.answered();
        out.number(answered.status());
        word(answered.model());
        out.number(answered.promptTokens() + 1).number(answered.completionTokens() + 1);
        out.number(answered.bytes());
    }

    private void waits(Waits waits) {
        micros(waits.queuedNanos());
        micros(waits.startNanos());
        moment(waits.usableNanos(), waits.startNanos());
        moment(waits.headNanos(), waits.startNanos());
        moment(waits.firstTokenNanos(), waits.startNanos());
        micros(waits.longestGapNanos());
        moment(waits.overNanos(), waits.startNanos());
    }

    /// A moment that may never have come.
    private void moment(long moment, long startNanos) {
        out.number(moment == Deadline.NEVER ? 0 : 1 + Math.max(0, moment - startNanos) / MICRO);
    }

    private void micros(long nanos) {
        out.number(Math.max(0, nanos) / MICRO);
    }

    private void ended(Ended ended) {
        Cut cut = ended.cut();
        out.octet((ended.repaired() ? REPAIRED : 0) | (cut == null ? 0 : CUT));
        word(ended.outcome());
        word(ended.cause());
        if (cut != null) {
            word(cut.limit());
            word(cut.value());
            word(cut.source());
            micros(ended.elapsedNanos());
        }
    }

    private void word(@Nullable String word) {
        int number = word == null ? NULL : words.number(word);
        if (word == null) {
            out.number(NULL);
        } else if (number == Dictionary.NONE) {
            out.number(INLINE).text(word);
        } else {
            out.number(INLINE + (long) number);
        }
    }

    private void text(@Nullable String text) {
        if (text == null) {
            out.number(NULL);
        } else {
            out.number(INLINE).text(text);
        }
    }
}
