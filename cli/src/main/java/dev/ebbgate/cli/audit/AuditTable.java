package dev.ebbgate.cli.audit;

import dev.ebbgate.ledger.audit.Answer;
import dev.ebbgate.ledger.audit.Question;
import dev.ebbgate.ledger.audit.Row;
import dev.ebbgate.ledger.pace.Measured;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// An audit for people.
public final class AuditTable {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String NOTE =
            """
            Percentiles: nearest rank, from histograms of three significant digits.
            ≥: calls were cut short by a limit or a cancel; they took at least so long.
            trend: p99 against the window before. Seconds throughout.\
            """;

    private AuditTable() {}

    /// The lines of it.
    ///
    /// @param cliffSource who said when consumers give up
    public static List<String> lines(Answer answer, String cliffSource) {
        Question question = answer.question();
        List<String> lines = new ArrayList<>();
        lines.add(
                (question.by().isOfAttempts() ? "attempts" : "exchanges")
                        + " by "
                        + question.by().word()
                        + ", "
                        + time(question.window().sinceMillis())
                        + " to "
                        + time(question.window().untilMillis())
                        + " UTC, cliff "
                        + Words.seconds(question.cliffMillis() / 1_000.0)
                        + "s ("
                        + cliffSource
                        + ")");
        if (answer.rows().isEmpty()) {
            lines.add("nothing ended in this time");
        } else {
            lines.addAll(Columns.aligned(cells(answer), column -> column == 0));
            lines.addAll(NOTE.lines().toList());
        }
        lines.addAll(remarks(answer));
        return lines;
    }

    /// What has to be said of the rows, and of what is not in them.
    public static List<String> remarks(Answer answer) {
        List<String> remarks = new ArrayList<>();
        answer.rows().stream()
                .map(Words::warning)
                .filter(Objects::nonNull)
                .forEach(warning -> remarks.add("warning: " + warning));
        if (answer.lost() > 0) {
            remarks.add(
                    "warning: "
                            + answer.lost()
                            + " exchanges of this time could not be recorded and are missing here");
        }
        return remarks;
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    private static List<List<String>> cells(Answer answer) {
        Question question = answer.question();
        List<List<String>> cells = new ArrayList<>();
        cells.add(
                List.of(
                        question.by().word(),
                        "n",
                        "ok",
                        "over",
                        "≥" + Words.seconds(question.hangMillis() / 1_000.0) + "s",
                        "p50",
                        "p90",
                        "p99",
                        "max",
                        "token p50",
                        "p99",
                        "to cliff",
                        "trend"));
        answer.rows().forEach(row -> cells.add(cells(row)));
        return cells;
    }

    private static List<String> cells(Row row) {
        return List.of(
                Words.plain(row.name()),
                Long.toString(row.cell().count()),
                Long.toString(row.cell().completed()),
                Long.toString(row.cell().failedOver()),
                Long.toString(row.hangs()),
                Words.seconds(row.percentile(50)),
                Words.seconds(row.percentile(90)),
                Words.seconds(row.percentile(99)),
                Words.seconds(row.max()),
                ifAny(row.firstToken(50)),
                ifAny(row.firstToken(99)),
                Words.seconds(row.cliffDistanceMillis() / 1_000.0),
                row.trend().map(AuditTable::trend).orElse("-"));
    }

    private static String ifAny(Optional<Measured> measured) {
        return measured.map(Words::seconds).orElse("-");
    }

    private static String trend(double share) {
        return String.format(Locale.ROOT, "%+.0f%%", share * 100);
    }
}
