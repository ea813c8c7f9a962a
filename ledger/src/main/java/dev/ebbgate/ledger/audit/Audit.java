package dev.ebbgate.ledger.audit;

import dev.ebbgate.ledger.pace.Cell;
import dev.ebbgate.ledger.store.LedgerReader;

import java.sql.SQLException;
import java.util.Map;

/// Asks a ledger.
public final class Audit {

    private Audit() {}

    /// The rows of a window, each beside what it was in the window before.
    public static Answer ask(LedgerReader ledger, Question question) throws SQLException {
        Map<String, Cell> before = Census.take(ledger, question.before());
        Map<String, Cell> now = Census.take(ledger, question);
        Window window = question.window();
        return new Answer(
                question,
                now.entrySet().stream()
                        .map(row ->
                                new Row(
                                        row.getKey(),
                                        row.getValue(),
                                        before.get(row.getKey()),
                                        question))
                        .toList(),
                ledger.lost(window.sinceMillis(), window.untilMillis()));
    }
}
