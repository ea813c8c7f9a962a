package dev.ebbgate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.Made;
import dev.ebbgate.ledger.pace.Cell;
import dev.ebbgate.ledger.pace.Cells;
import dev.ebbgate.ledger.pace.Grain;
import dev.ebbgate.ledger.pack.Recorded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// A store that takes nothing for a while: nobody waits for it, and what that costs is counted.
class FailingStoreTest {

    /// What is queued, what was taken out of the queue to be written, and some.
    private static final int MORE_THAN_FITS = 2 * StoredLedger.QUEUE + 5_000;

    @TempDir private Path folder = Path.of("");

    private static Entry entry(int number) {
        return Made.good(Made.NOON + number, "a/m", 100);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static void awaitOne(Database database) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (kept(database).entries() == 0) {
            assertThat(System.nanoTime()).as("nothing is written").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private record Kept(int entries, long lost) {}

    private static Kept kept(Database database) throws SQLException {
        List<Recorded> entries = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(database)) {
            reader.entries(0, Long.MAX_VALUE / 2, entries::add);
            return new Kept(entries.size(), reader.lost(0, Long.MAX_VALUE / 2));
        }
    }

    @Test
    void storeThatCannotBeOpened_isTriedAgainAndTheRestIsCounted() throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        Path inTheWay = Files.createFile(folder.resolve("ledger"));
        Database database = Database.file(inTheWay.resolve("ledger.db"));
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            ledger.tell(told::add);
            await(ledger::isFailing);

            long startNanos = System.nanoTime();
            for (int i = 0; i < MORE_THAN_FITS; i++) {
                ledger.record(entry(i));
            }
            assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(20));

            Files.delete(inTheWay);
            await(() -> !ledger.isFailing());
        }

        Kept kept = kept(database);
        assertThat(kept.entries() + kept.lost()).isEqualTo(MORE_THAN_FITS);
        assertThat(kept.lost()).isPositive();
        assertThat(told).isNotEmpty().allSatisfy(FailingStoreTest::isLoss);
        assertThat(told.stream().mapToLong(event -> ((Event.Lost) event).count()).sum())
                .isEqualTo(kept.lost());
    }

    private static void isLoss(Event event) {
        assertThat(event).isInstanceOf(Event.Lost.class);
        assertThat(event.message()).contains("entries of the ledger were dropped: its store");
    }

    @Test
    void storeThatTakesNothingToTheEnd_isToldWithTheirNumber() throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        Path inTheWay = Files.createFile(folder.resolve("never"));
        Database database = Database.file(inTheWay.resolve("ledger.db"));
        StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT);
        ledger.tell(told::add);
        await(ledger::isFailing);
        for (int i = 0; i < 1_079; i++) {
            ledger.record(entry(i));
        }

        ledger.close();
        ledger.close();

        assertThat(told)
                .containsExactly(
                        new Event.Lost(
                                "entries of the ledger",
                                1_079,
                                "its store took nothing to the end"));
    }

    /// A real disk that is full, where this user may make one.
    @Test
    void fullDisk_isWaitedForAndTheRestIsCounted() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(command("mount", "-t", "tmpfs", "-o", "size=512k", "ledger", disk.toString()));
        try {
            Database database = Database.file(disk.resolve("ledger.db"));
            try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
                for (int i = 0; i < MORE_THAN_FITS; i++) {
                    ledger.record(entry(i));
                }
                await(ledger::isFailing);
                assertThat(command("mount", "-o", "remount,size=64m", disk.toString())).isTrue();
                await(() -> !ledger.isFailing());
            }

            Kept kept = kept(database);
            assertThat(kept.entries() + kept.lost()).isEqualTo(MORE_THAN_FITS);
        } finally {
            assertThat(command("umount", disk.toString())).isTrue();
        }
    }

    private static boolean command(String... words) throws Exception {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException _) {
            return false; // there is no such command
        }
    }

    /// What fails here is SQLite itself, as on a full disk: `SQLITE_FULL`.
    @Test
    void fullStore_losesNothingThatItHadAndGoesOnWhenThereIsRoom() throws Exception {
        Database database = Database.file(folder.resolve("ledger.db"));
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            ledger.record(entry(0));
        }
        try (Connection connection = database.connect();
                Storage storage = full(database)) {
            Kept before = kept(database);

            assertThat(failure(storage)).contains("full");

            assertThat(kept(database)).isEqualTo(before);
            assertThat(connection.isValid(5)).isTrue();
        }
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            ledger.record(entry(1));
        }

        assertThat(kept(database).entries()).isEqualTo(2);
    }

    @Test
    void storeThatIsOpenedAgain_countsNothingTwice() throws Exception {
        Database database = Database.file(folder.resolve("ledger.db"));
        Cells cells = new Cells();
        Storage.Writer writer;
        try (Storage storage = Storage.open(database, Made.NOON)) {
            write(storage, 1, cells, entry(0));
            writer = storage.writer();
        }

        try (Storage storage = Storage.open(database, writer, Made.NOON + 1)) {
            assertThat(storage.holds(1)).isTrue();
            assertThat(storage.holds(2)).isFalse();
            write(storage, 2, cells, entry(1));
            assertThat(storage.writer()).isEqualTo(writer);
        }

        assertThat(counted(database)).isEqualTo(2);
        Database another = Database.file(folder.resolve("another.db"));
        try (Storage storage = Storage.open(another, writer, Made.NOON + 2)) {
            assertThat(storage.writer()).isNotEqualTo(writer);
            assertThat(storage.holds(1)).isFalse();
        }
    }

    private static void write(Storage storage, long number, Cells cells, Entry entry)
            throws SQLException {
        Recorded recorded = Recorded.of(entry);
        cells.add(recorded);
        storage.write(number, List.of(recorded), cells, 0, Made.NOON);
        cells.settled(Made.NOON);
    }

    /// A connection that dies while its commit is under way, as that of a server may.
    @Test
    void commitOfWhichNobodyHears_isNotMadeTwice() throws Exception {
        Path file = folder.resolve("deaf.db");
        Storage.open(Database.file(file), 0).close(); // the schema has commits of its own
        Database database = new Database(file, DeafDriver.PREFIX + file, null, null);
        try (DeafDriver driver = new DeafDriver();
                StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            ledger.record(entry(0));
            awaitOne(Database.file(file));
            driver.loseNextCommit();
            ledger.record(entry(1));
            await(ledger::isFailing);
            await(() -> !ledger.isFailing());
            ledger.record(entry(2));
        }

        assertThat(kept(Database.file(file))).isEqualTo(new Kept(3, 0));
        assertThat(counted(Database.file(file))).isEqualTo(3);
    }

    /// How many exchanges the histograms of the minutes hold.
    private static long counted(Database database) throws SQLException {
        AtomicLong count = new AtomicLong();
        try (LedgerReader reader = LedgerReader.open(database)) {
            reader.cells(
                    Grain.MINUTE,
                    false,
                    0,
                    Long.MAX_VALUE / 2,
                    (_, body) -> count.addAndGet(Cell.read(body).count()));
        }
        return count.get();
    }

    private static Storage full(Database database) throws SQLException {
        Storage storage = Storage.open(database, 0);
        try (Statement statement = storage.connection().createStatement()) {
            statement.execute("PRAGMA max_page_count = 1"); // as many as there are
        }
        return storage;
    }

    private static String failure(Storage storage) {
        List<Recorded> batch = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            batch.add(Recorded.of(entry(i)));
        }
        try {
            storage.write(1, batch, new Cells(), 0, 0);
            return "it was written";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
