package dev.ebbgate.cli.audit;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.ledger.audit.By;
import dev.ebbgate.ledger.audit.Question;
import dev.ebbgate.ledger.audit.Window;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What is asked of the ledger, as it was written: by options of the command, or by parameters of a
/// request.
///
/// @param mark what a name is written behind: `--`, or nothing
/// @param until null for now
/// @param route null for all
public record Asked(
        String mark,
        String since,
        @Nullable String until,
        String by,
        @Nullable String route,
        String cliff,
        String hang) {

    /// What is taken where nothing is written.
    public static final String SINCE = "24h";

    public static final String BY = "model";
    public static final String HANG = "120s";

    private static final int HOURS_A_DAY = 24;

    /// The question that is meant.
    ///
    /// @throws IllegalArgumentException with a message for whoever wrote it
    public Question question(long nowMillis) {
        long from = moment("since", since, nowMillis);
        long to = until == null ? nowMillis : moment("until", until, nowMillis);
        if (to <= from) {
            throw wrong("since", " lies behind " + mark + "until");
        }
        return new Question(
                new Window(from, to), rows(), route, span("cliff", cliff), span("hang", hang));
    }

    private By rows() {
        String word = by.toLowerCase(Locale.ROOT);
        return Arrays.stream(By.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> wrong("by", " knows no \"" + by + "\"; write one of " + words()));
    }

    private static String words() {
        return Arrays.stream(By.values()).map(By::word).collect(Collectors.joining(", "));
    }

    private long moment(String name, String text, long nowMillis) {
        if (text.indexOf('-') > 0) {
            try {
                return Instant.parse(text).toEpochMilli();
            } catch (DateTimeParseException _) {
                throw wrong(name, ": not a moment; write for example 2026-11-24T12:00:00Z");
            }
        }
        return nowMillis - span(name, text);
    }

    private long span(String name, String text) {
        Span span;
        try {
            span = Span.parse(text);
        } catch (IllegalArgumentException _) {
            throw wrong(name, advice(text));
        }
        if (span.isOff()) {
            throw wrong(name, " cannot be off; write a duration such as 24h");
        }
        return span.millis();
    }

    private static String advice(String text) {
        return text.matches("[1-9]\\d{0,2}d")
                ? ": days are no unit; write "
                        + Integer.parseInt(text.substring(0, text.length() - 1)) * HOURS_A_DAY
                        + "h"
                : ": write a duration such as 90s, 24h or 1h30m, from 1ms to a year";
    }

    private IllegalArgumentException wrong(String name, String message) {
        return new IllegalArgumentException(mark + name + message);
    }
}
