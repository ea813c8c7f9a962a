package dev.ebbgate.ledger.audit;

import java.util.List;

/// What a ledger answers.
///
/// @param rows by name
/// @param lost how many exchanges of the window could not be recorded
public record Answer(Question question, List<Row> rows, long lost) {

    public Answer {
        rows = List.copyOf(rows);
    }
}
