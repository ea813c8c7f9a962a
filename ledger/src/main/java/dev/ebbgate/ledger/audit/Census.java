package dev.ebbgate.ledger.audit;

import dev.ebbgate.ledger.pace.Cell;
import dev.ebbgate.ledger.pace.Grain;
import dev.ebbgate.ledger.pace.Place;
import dev.ebbgate.ledger.store.LedgerReader;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/// Merges what a ledger has of a window, row by row: whole hours where hours lie in it, minutes at
/// its edges. What it costs grows with these, not with the exchanges; by tag it is the other way.
///
/// Both edges are put to whole minutes, and to whole hours where the minutes are no longer kept.
public final class Census {

    private final Question question;
    private final Map<String, Cell> rows = new TreeMap<>();

    private Census(Question question) {
        this.question = question;
    }

    /// All rows of a window, by name.
    public static Map<String, Cell> take(LedgerReader ledger, Question question)
            throws SQLException {
        Census census = new Census(question);
        if (question.by() == By.TAG) {
            census.exchanges(ledger);
        } else {
            census.cells(ledger);
        }
        return census.rows;
    }

    private void exchanges(LedgerReader ledger) throws SQLException {
        Window window = question.window();
        ledger.entries(
                window.sinceMillis(),
                window.untilMillis(),
                entry -> {
                    if (isMeant(entry.asked().route())) {
                        row(By.TAG.named(entry.client().tag())).add(entry);
                    }
                });
    }

    private void cells(LedgerReader ledger) throws SQLException {
        Window window = question.window();
        long kept = Grain.HOUR.floor(ledger.firstMinute()); // an hour's minutes go together
        long since = Grain.MINUTE.floor(window.sinceMillis());
        long until = Grain.MINUTE.ceiling(window.untilMillis());
        long fromHour = since < kept ? Grain.HOUR.floor(since) : Grain.HOUR.ceiling(since);
        long toHour = until < kept ? Grain.HOUR.ceiling(until) : Grain.HOUR.floor(until);
        if (fromHour >= toHour) {
            cells(ledger, Grain.MINUTE, since, until);
            return;
        }
        cells(ledger, Grain.MINUTE, since, fromHour);
        cells(ledger, Grain.HOUR, fromHour, toHour);
        cells(ledger, Grain.MINUTE, toHour, until);
    }

    private void cells(LedgerReader ledger, Grain grain, long since, long until)
            throws SQLException {
        if (since < until) {
            ledger.cells(grain, question.by().isOfAttempts(), since, until, this::cell);
        }
    }

    private void cell(Place place, byte[] cell) {
        if (isMeant(place.route())) {
            row(question.by().row(place)).add(cell);
        }
    }

    private boolean isMeant(@Nullable String route) {
        return question.route() == null || question.route().equals(route);
    }

    private Cell row(String name) {
        return rows.computeIfAbsent(name, _ -> new Cell());
    }
}
