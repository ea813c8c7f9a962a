package dev.ebbgate.cli.audit;

import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.watch.Expectation;
import dev.ebbgate.ledger.audit.Usual;
import dev.ebbgate.ledger.pack.Ended;
import dev.ebbgate.ledger.pack.Recorded;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One exchange as it went, a line for each moment; for a terminal of 80 columns.
public final class Timeline {

    private static final int WIDTH = 80;
    private static final int MARGIN = 12;

    private final Recorded exchange;
    private final Map<String, Expectation> usual;
    private final List<String> lines = new ArrayList<>();

    private Timeline(Recorded exchange, Map<String, Expectation> usual) {
        this.exchange = exchange;
        this.usual = usual;
    }

    /// The lines of it.
    ///
    /// @param usual how long the first token usually takes, by the target; what is not known is not
    ///   in it
    public static List<String> lines(Recorded exchange, Map<String, Expectation> usual) {
        Timeline timeline = new Timeline(exchange, usual);
        timeline.head();
        timeline.at(0, "request arrived, " + exchange.asked().bytes() + " bytes");
        for (int i = 0; i < exchange.attempts().size(); i++) {
            timeline.attempt(i);
        }
        timeline.end();
        return timeline.lines;
    }

    private void head() {
        Entry.Asked asked = exchange.asked();
        Entry.Client client = exchange.client();
        fact("exchange", exchange.exchange());
        fact("arrived", Instant.ofEpochMilli(exchange.arrivedMillis()).toString());
        fact(
                "asked",
                asked.operation()
                        + (asked.streamed() ? ", streamed" : "")
                        + ", model "
                        + asked.model()
                        + (asked.route() == null ? "" : ", route " + asked.route())
                        + (asked.resend() ? ", sent again after it was too much" : ""));
        if (client.key() != null || client.tag() != null || client.userAgent() != null) {
            fact(
                    "client",
                    (client.key() == null ? "" : "key " + client.key() + "  ")
                            + (client.tag() == null ? "" : "tag " + client.tag() + "  ")
                            + (client.userAgent() == null ? "" : client.userAgent()));
        }
        lines.add("");
    }

    private void attempt(int index) {
        Recorded.Try attempt = exchange.attempts().get(index);
        var waits = attempt.waits();
        if (attempt.phase().equals(Phase.QUEUE.key())) {
            at(waits.startNanos(), "waits for a place at " + attempt.target() + why(index));
            at(waits.overNanos(), "  " + outcome(attempt.ended(), phase(attempt)));
            return;
        }
        if (waits.queuedNanos() > 0) {
            at(
                    waits.startNanos(),
                    "place at the provider, waited for " + Words.exact(waits.queuedNanos()));
        }
        at(waits.startNanos(), "attempt " + (index + 1) + ": " + attempt.target() + why(index));
        moment(waits.usableNanos(), "connected");
        moment(waits.headNanos(), "head of the answer" + status(attempt.answered()));
        moment(waits.firstTokenNanos(), "first token");
        slower(attempt);
        if (waits.longestGapNanos() > 0) {
            lines.add(pad("") + "  longest silence " + Words.exact(waits.longestGapNanos()));
        }
        at(waits.overNanos(), "  " + outcome(attempt.ended(), phase(attempt)));
        said(attempt.answered());
    }

    /// Marks a call whose first token took longer than its prompt explains.
    private void slower(Recorded.Try attempt) {
        Expectation known = usual.get(attempt.target());
        if (known == null || !Usual.isTelling(exchange, attempt)) {
            return;
        }
        double tokens = (double) attempt.answered().promptTokens();
        if (known.isSlow(tokens, Usual.firstTokenSeconds(attempt))) {
            wrapped(
                    pad(""),
                    "  slower than usual: "
                            + attempt.answered().promptTokens()
                            + " prompt tokens take about "
                            + Words.seconds(known.seconds(tokens))
                            + "s here");
        }
    }

    /// Why this attempt was made.
    private String why(int index) {
        if (index == 0) {
            return "";
        }
        Ended before = exchange.attempts().get(index - 1).ended();
        String cause = before.cause() == null ? before.outcome() : before.cause();
        return switch (exchange.attempts().get(index).why()) {
            case "retry" -> " once more, after " + cause;
            case "failover" -> ", the next target, after " + cause;
            case "hedge" -> ", beside the silent one";
            default -> "";
        };
    }

    private static String status(Entry.Answered answered) {
        return answered.status() == 0 ? "" : ", status " + answered.status();
    }

    private void moment(long nanos, String what) {
        if (nanos != Deadline.NEVER) {
            at(nanos, "  " + what);
        }
    }

    private void said(Entry.Answered answered) {
        List<String> said = new ArrayList<>();
        if (answered.model() != null) {
            said.add("model " + answered.model());
        }
        if (answered.promptTokens() >= 0) {
            said.add(answered.promptTokens() + " prompt tokens");
        }
        if (answered.completionTokens() >= 0) {
            said.add(answered.completionTokens() + " completion tokens");
        }
        if (answered.bytes() > 0) {
            said.add(answered.bytes() + " bytes");
        }
        if (!said.isEmpty()) {
            wrapped(pad(""), "  provider said: " + String.join(", ", said));
        }
    }

    private void end() {
        Entry.Told told = exchange.told();
        at(
                exchange.totalNanos(),
                "exchange "
                        + outcome(exchange.ended(), phase(exchange))
                        + "; the client got "
                        + (told.status() == 0 ? "nothing" : "status " + told.status())
                        + ", "
                        + told.chunks()
                        + " chunks, "
                        + told.bytes()
                        + " bytes"
                        + (told.earlyHead() ? "; its head left before the answer was known" : "")
                        + (told.errorInside() ? "; the error came inside the 200" : "")
                        + (told.skipped() == 0 ? "" : "; malformed events left out"));
    }

    private static String outcome(Ended ended, String phase) {
        Cut cut = ended.cut();
        String text =
                ended.outcome()
                        + (ended.cause() == null || isLimits(cut, ended.cause())
                                ? ""
                                : ", " + ended.cause())
                        + (ended.repaired() ? ", its formal end supplied" : "");
        if (cut != null) {
            text += ": limit " + cut.limit() + " " + cut.value() + " from " + cut.source();
        }
        return ended.isCompleted() ? text : text + ", " + phase;
    }

    /// In which phase an exchange ended: that of the attempt that came out as it did, else it ended
    /// between two attempts.
    private static String phase(Recorded exchange) {
        for (Recorded.Try attempt : exchange.attempts().reversed()) {
            if (attempt.ended().equals(exchange.ended())) {
                return phase(attempt);
            }
        }
        return exchange.attempts().isEmpty()
                ? "before an attempt began"
                : "before another attempt began";
    }

    private static String phase(Recorded.Try attempt) {
        return "in phase " + attempt.phase();
    }

    /// Whether the cause says no more than the limit.
    private static boolean isLimits(@Nullable Cut cut, String cause) {
        return cut != null && cut.limit().equals(cause);
    }

    private void fact(String name, String value) {
        wrapped(String.format("%-" + MARGIN + "s", name), value);
    }

    private void at(long nanos, String what) {
        wrapped(pad(nanos == Deadline.NEVER ? "" : Words.exact(nanos)), what);
    }

    private static String pad(String moment) {
        return String.format("%" + (MARGIN - 2) + "s  ", moment);
    }

    /// Breaks what is too long at a space, or anywhere where there is none.
    private void wrapped(String before, String text) {
        String rest = Words.plain(text).stripTrailing();
        String margin = before;
        while (rest.length() > WIDTH - MARGIN) {
            int space = rest.lastIndexOf(' ', WIDTH - MARGIN);
            int end = space > WIDTH / 4 ? space : WIDTH - MARGIN;
            lines.add(margin + rest.substring(0, end));
            margin = " ".repeat(MARGIN);
            rest = "    " + rest.substring(end).strip();
        }
        lines.add(margin + rest);
    }
}
