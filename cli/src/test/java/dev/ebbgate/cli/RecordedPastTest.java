package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.StoredLedger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class RecordedPastTest {

    private static final long NOW = 1_800_000_000_000L;

    @TempDir private Path folder = Path.of("");

    @Test
    void lastHour_isToldWithItsTimes() {
        Database database = Database.file(folder.resolve("ledger.db"));
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            ledger.record(entry(NOW - 7_200_000, "old"));
            ledger.record(entry(NOW - 60_000, "coder"));
            ledger.record(entry(NOW, "new"));
        }

        assertThat(told(database)).containsExactly("coder 9000000000 " + (NOW - 51_000));
    }

    @Test
    void ledgerThatIsMissing_tellsNothing() {
        assertThat(told(Database.file(folder.resolve("none.db")))).isEmpty();
        assertThat(told(null)).isEmpty();
    }

    private static List<String> told(@Nullable Database database) {
        List<String> told = new ArrayList<>();
        new RecordedPast(database)
                .tell(
                        NOW - 3_600_000,
                        NOW,
                        (route, nanos, _, ended) -> told.add(route + " " + nanos + " " + ended));
        return told;
    }

    private static Entry entry(long arrivedMillis, String route) {
        return new Entry(
                "ebb-1",
                arrivedMillis,
                new Entry.Asked(
                        "/v1/chat/completions", Dialect.OPENAI, route, route, true, false, 10),
                List.of(),
                new Outcome.Completed(false),
                new Entry.Told(200, false, false, 100, 10, 0),
                new Entry.Client(null, null, null),
                9_000_000_000L);
    }
}
