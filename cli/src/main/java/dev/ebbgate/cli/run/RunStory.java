package dev.ebbgate.cli.run;

import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.ledger.pack.Recorded;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/// What is said of a run's calls at its end: which waits there were and how long, what was cut, and
/// what was saved.
public final class RunStory {

    private static final double NANOS = 1e9;
    private static final int MOST_CUTS = 10;
    private static final String INDENT = "            ";

    private final List<Recorded> calls;
    private final List<String> lines = new ArrayList<>();

    private RunStory(List<Recorded> calls) {
        this.calls = calls;
    }

    /// Lines for people.
    ///
    /// @param lasted how long the command ran
    /// @param again the option by which the next command finds the same ledger, or nothing; null
    ///   where no ledger has the calls
    public static List<String> of(
            String tag, List<Recorded> calls, Span lasted, @Nullable String again) {
        RunStory story = new RunStory(calls);
        story.lines.add(
                "ebbgate: run " + tag + ": " + count(calls.size(), "call") + " in " + lasted);
        if (calls.isEmpty()) {
            story.lines.add("  the command called no model through the gateway");
        } else {
            story.answers();
            story.waits();
            story.cuts();
            story.saved();
            story.slowest(again);
        }
        return story.lines;
    }

    private void answers() {
        long complete = calls.stream().filter(call -> call.ended().isCompleted()).count();
        lines.add("  answers   " + complete + " complete, " + (calls.size() - complete) + " not");
    }

    private void waits() {
        int before = lines.size();
        wait("queue", Waits::queuedNanos);
        wait("connect", waits -> between(waits.startNanos(), waits.usableNanos()));
        wait("first token", RunStory::firstToken);
        wait("stream", waits -> between(waits.firstTokenNanos(), waits.overNanos()));
        wait("longest gap", Waits::longestGapNanos);
        if (lines.size() > before) {
            lines.set(before, "  waits     " + lines.get(before).substring(INDENT.length()));
        }
    }

    /// A token that never came was waited for as well.
    private static long firstToken(Waits waits) {
        long until =
                waits.firstTokenNanos() == Deadline.NEVER
                        ? waits.overNanos()
                        : waits.firstTokenNanos();
        return between(waits.usableNanos(), until);
    }

    private static long between(long from, long to) {
        return from == Deadline.NEVER || to == Deadline.NEVER ? 0 : to - from;
    }

    private void wait(String what, ToLongFunction<Waits> length) {
        long sum = 0;
        long longest = 0;
        for (Recorded call : calls) {
            for (Recorded.Try attempt : call.attempts()) {
                long one = length.applyAsLong(attempt.waits());
                sum += one;
                longest = Math.max(longest, one);
            }
        }
        if (sum > 0) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%s%-12s %8s in all, longest %s",
                            INDENT,
                            what,
                            seconds(sum),
                            seconds(longest)));
        }
    }

    private void cuts() {
        List<String> cuts = calls.stream().flatMap(call -> cuts(call).stream()).toList();
        if (cuts.isEmpty()) {
            lines.add("  cut       nothing");
            return;
        }
        String head = "  cut       ";
        for (String cut : cuts.subList(0, Math.min(cuts.size(), MOST_CUTS))) {
            lines.add(head + cut);
            head = INDENT;
        }
        if (cuts.size() > MOST_CUTS) {
            lines.add(INDENT + "and " + (cuts.size() - MOST_CUTS) + " more");
        }
    }

    private static List<String> cuts(Recorded call) {
        List<String> cuts = new ArrayList<>();
        for (Recorded.Try attempt : call.attempts()) {
            Cut cut = attempt.ended().cut();
            if (cut != null) {
                cuts.add(words(cut) + " at " + attempt.target() + ", " + call.exchange());
            }
        }
        Cut whole = call.ended().cut();
        if (cuts.isEmpty() && whole != null) {
            cuts.add(words(whole) + ", " + call.exchange());
        }
        return cuts;
    }

    private static String words(Cut cut) {
        return cut.limit() + " after " + cut.value() + " (" + cut.source() + ")";
    }

    private void saved() {
        List<String> parts = new ArrayList<>();
        add(parts, saved("failover", "hedge"), "call", " by another target");
        add(parts, saved("retry"), "call", " by asking again");
        long resent =
                calls.stream()
                        .filter(call -> call.ended().isCompleted() && call.asked().resend())
                        .count();
        add(parts, resent, "resend", " begun at the next target");
        lines.add("  saved     " + (parts.isEmpty() ? "nothing" : String.join(", ", parts)));
    }

    /// How many answers came from an attempt that was made for one of these reasons.
    private long saved(String... reasons) {
        List<String> wanted = List.of(reasons);
        return calls.stream()
                .filter(call -> call.ended().isCompleted())
                .map(Recorded::last)
                .filter(last -> last != null && wanted.contains(last.why()))
                .count();
    }

    private static void add(List<String> parts, long count, String what, String how) {
        if (count > 0) {
            parts.add(count(count, what) + how);
        }
    }

    private void slowest(@Nullable String again) {
        Recorded slowest =
                calls.stream().max(Comparator.comparingLong(Recorded::totalNanos)).orElseThrow();
        lines.add(
                "  slowest   "
                        + seconds(slowest.totalNanos())
                        + " on "
                        + slowest.asked().model()
                        + (again == null
                                ? ""
                                : "; ebbgate audit show " + slowest.exchange() + again));
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1fs", nanos / NANOS);
    }
}
