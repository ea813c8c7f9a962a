package dev.ebbgate.ledger.pace;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.ledger.pack.Ended;
import dev.ebbgate.ledger.pack.Packed;
import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.pack.Unpacked;

/// What is known of many exchanges, or many attempts, together. Can be merged. Not thread-safe.
public final class Cell {

    /// From here on a call counts as hanging where nothing else is asked for.
    public static final long HANG_MILLIS = 120_000;

    private static final int VERSION = 1;
    private static final long HANG_NANOS = HANG_MILLIS * 1_000_000L;

    private long count;
    private long completed;
    private long failedOver;
    private long hangs;
    private final Times total = new Times();
    private final Times firstToken = new Times();
    private final Times longestGap = new Times();

    /// Counts an exchange.
    public void add(Recorded exchange) {
        count(exchange.ended(), exchange.failedOver(), exchange.totalNanos());
        Recorded.Try last = exchange.last();
        if (last == null) {
            return;
        }
        long moment = last.waits().firstTokenNanos();
        if (moment != Deadline.NEVER) {
            firstToken.add(moment, false);
            longestGap.add(last.waits().longestGapNanos(), isGapCutShort(last.ended()));
        } else if (exchange.ended().isCutShort()) {
            firstToken.add(exchange.totalNanos(), true);
        }
    }

    /// Counts an attempt.
    ///
    /// @param isLeft whether another target was tried because it had failed
    public void add(Recorded.Try attempt, boolean isLeft) {
        count(attempt.ended(), isLeft, attempt.totalNanos());
        long moment = attempt.waits().firstTokenNanos();
        if (moment != Deadline.NEVER) {
            firstToken.add(moment - attempt.waits().startNanos(), false);
            longestGap.add(attempt.waits().longestGapNanos(), isGapCutShort(attempt.ended()));
        } else if (attempt.ended().isCutShort()) {
            firstToken.add(attempt.totalNanos(), true);
        }
    }

    private void count(Ended ended, boolean isFailedOver, long nanos) {
        count++;
        completed += ended.isCompleted() ? 1 : 0;
        failedOver += isFailedOver ? 1 : 0;
        hangs += nanos >= HANG_NANOS ? 1 : 0;
        total.add(nanos, ended.isCutShort());
    }

    /// Whether the longest silence is the one that a limit ended.
    private static boolean isGapCutShort(Ended ended) {
        return ended.cut() != null && ended.cut().limit().equals(Limit.STREAM_IDLE.key());
    }

    /// Counts what another has counted.
    public void add(Cell other) {
        count += other.count;
        completed += other.completed;
        failedOver += other.failedOver;
        hangs += other.hangs;
        total.add(other.total);
        firstToken.add(other.firstToken);
        longestGap.add(other.longestGap);
    }

    /// How many.
    public long count() {
        return count;
    }

    /// How many of them have an answer.
    public long completed() {
        return completed;
    }

    /// How many of them were followed by another target.
    public long failedOver() {
        return failedOver;
    }

    /// How many lasted at least so long; exact for [#HANG_MILLIS], else to three digits.
    public long atLeast(long millis) {
        return millis == HANG_MILLIS ? hangs : total.atLeast(millis);
    }

    /// From the start to the end.
    public Times total() {
        return total;
    }

    /// From the start to the first token. What failed without one is not in it.
    public Times firstToken() {
        return firstToken;
    }

    /// The longest silence after the first token.
    public Times longestGap() {
        return longestGap;
    }

    /// Writes it down, after what is there.
    void write(Packed out, Times.Scratch scratch) {
        out.octet(VERSION);
        out.number(count).number(completed).number(failedOver).number(hangs);
        total.write(out, scratch);
        firstToken.write(out, scratch);
        longestGap.write(out, scratch);
    }

    /// Reads what was written.
    ///
    /// @throws IllegalArgumentException if a later version of this program wrote it
    public static Cell read(byte[] body) {
        Cell cell = new Cell();
        cell.add(body);
        return cell;
    }

    /// Counts what another has counted and written.
    ///
    /// @throws IllegalArgumentException if a later version of this program wrote it
    public void add(byte[] body) {
        Unpacked in = new Unpacked(body);
        if (in.octet() != VERSION) {
            throw new IllegalArgumentException("a histogram of a later version of Ebbgate");
        }
        count += in.number();
        completed += in.number();
        failedOver += in.number();
        hangs += in.number();
        total.add(in);
        firstToken.add(in);
        longestGap.add(in);
    }
}
