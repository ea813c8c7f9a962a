package dev.ebbgate.cli.audit;

import dev.ebbgate.ledger.audit.Answer;
import dev.ebbgate.ledger.audit.Row;
import dev.ebbgate.ledger.pace.Measured;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// An audit for a spreadsheet.
public final class AuditCsv {

    private AuditCsv() {}

    /// The lines of it, with a head. The first column is called `model` whatever stands in it.
    public static List<String> lines(Answer answer) {
        List<String> lines = new ArrayList<>();
        String hang = number(answer.question().hangMillis() / 1_000.0);
        lines.add(
                "model,n,hangs_ge_"
                        + hang
                        + "s,p50_s,p90_s,max_s,ok,failed_over,p99_s,first_token_p50_s,"
                        + "first_token_p99_s,cliff_distance_s,at_least,trend,warning");
        answer.rows().forEach(row -> lines.add(line(row)));
        return lines;
    }

    private static String line(Row row) {
        return String.join(
                ",",
                text(row.name()),
                Long.toString(row.cell().count()),
                Long.toString(row.hangs()),
                seconds(row.percentile(50)),
                seconds(row.percentile(90)),
                seconds(row.max()),
                Long.toString(row.cell().completed()),
                Long.toString(row.cell().failedOver()),
                seconds(row.percentile(99)),
                ifAny(row.firstToken(50)),
                ifAny(row.firstToken(99)),
                number(row.cliffDistanceMillis() / 1_000.0),
                Boolean.toString(row.isAtLeast()),
                row.trend().map(trend -> String.format(Locale.ROOT, "%.3f", trend)).orElse(""),
                text(Objects.requireNonNullElse(Words.warning(row), "")));
    }

    private static String ifAny(Optional<Measured> measured) {
        return measured.map(AuditCsv::seconds).orElse("");
    }

    private static String seconds(Measured measured) {
        return number(measured.seconds());
    }

    /// Without digits that are nothing.
    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds).replaceFirst("\\.?0+$", "");
    }

    /// Quoted where it has to be; what a spreadsheet would calculate is kept from it.
    private static String text(String text) {
        String plain = Words.plain(text);
        String safe = plain.matches("[=+@-].*") ? "'" + plain : plain;
        return safe.matches("[^\",]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
