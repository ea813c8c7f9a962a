package dev.ebbgate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.ledger.Made;
import dev.ebbgate.ledger.audit.Answer;
import dev.ebbgate.ledger.audit.Audit;
import dev.ebbgate.ledger.audit.By;
import dev.ebbgate.ledger.audit.Question;
import dev.ebbgate.ledger.audit.Window;
import dev.ebbgate.ledger.pace.Cells;
import dev.ebbgate.ledger.pace.Grain;
import dev.ebbgate.ledger.pack.Recorded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// What millions of exchanges cost: to write, to keep, to ask. Prints what `bench/ledger` records;
/// runs only where `-Dledger.exchanges=10000000` says of how many.
@EnabledIfSystemProperty(named = "ledger.exchanges", matches = "\\d+")
class ManyExchangesTest {

    private static final int EXCHANGES = Integer.getInteger("ledger.exchanges", 0);
    private static final int TARGETS = 10;
    private static final int BATCH = 5_000;
    private static final long DAY = 24 * Grain.HOUR.millis();

    private final SplittableRandom random = new SplittableRandom(1);
    private final Database database = Stores.SQLITE.get();

    private Entry entry(int number) {
        long ended = Made.NOON + DAY * number / EXCHANGES;
        long millis = (long) Math.exp(random.nextDouble(4, 13));
        return Made.good(ended, "provider/model-" + random.nextInt(TARGETS), millis);
    }

    @Test
    @SuppressWarnings("SystemOut") // these are the figures
    void auditOfADay_takesLessThanASecond() throws SQLException, IOException {
        long writeNanos = write();
        long bytes = Files.size(Objects.requireNonNull(database.file()));

        long startNanos = System.nanoTime();
        Answer answer = ask();
        long firstNanos = System.nanoTime() - startNanos;
        startNanos = System.nanoTime();
        ask();
        long againNanos = System.nanoTime() - startNanos;

        long attempts = answer.rows().stream().mapToLong(row -> row.cell().count()).sum();
        System.out.printf(
                "exchanges %d, targets %d, window 24h%n"
                        + "writer's CPU per exchange %.2f us%n"
                        + "bytes per exchange %.1f, histograms included%n"
                        + "audit %d ms in a cold JVM, %d ms again%n",
                EXCHANGES,
                TARGETS,
                writeNanos / 1e3 / EXCHANGES,
                (double) bytes / EXCHANGES,
                firstNanos / 1_000_000,
                againNanos / 1_000_000);
        assertThat(attempts).isEqualTo(EXCHANGES);
        assertThat((double) bytes / EXCHANGES).isLessThan(300);
        assertThat(firstNanos).isLessThan(1_000_000_000L);
    }

    private Answer ask() throws SQLException {
        Window day = new Window(Made.NOON, Made.NOON + DAY);
        try (LedgerReader reader = LedgerReader.open(database)) {
            return Audit.ask(reader, new Question(day, By.MODEL, null, 660_000, 120_000));
        }
    }

    /// Answers the CPU time of writing alone.
    private long write() throws SQLException {
        var threads = ManagementFactory.getThreadMXBean();
        Cells cells = new Cells();
        long spent = 0;
        try (Storage storage = Storage.open(database, 0)) {
            for (int from = 0; from < EXCHANGES; from += BATCH) {
                List<Entry> entries = new ArrayList<>(BATCH);
                for (int i = from; i < Math.min(EXCHANGES, from + BATCH); i++) {
                    entries.add(entry(i));
                }
                long now = entries.getLast().endedMillis();
                long before = threads.getCurrentThreadCpuTime();
                List<Recorded> batch = new ArrayList<>(BATCH);
                for (Entry entry : entries) {
                    Recorded recorded = Recorded.of(entry);
                    cells.add(recorded);
                    batch.add(recorded);
                }
                storage.write(from + 1L, batch, cells, 0, now);
                cells.settled(now);
                spent += threads.getCurrentThreadCpuTime() - before;
            }
        }
        return spent;
    }
}
