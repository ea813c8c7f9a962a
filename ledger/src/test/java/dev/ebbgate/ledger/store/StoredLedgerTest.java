package dev.ebbgate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.Made;
import dev.ebbgate.ledger.pace.Cell;
import dev.ebbgate.ledger.pace.Grain;
import dev.ebbgate.ledger.pack.Recorded;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What is recorded is there, in a file as in PostgreSQL.
class StoredLedgerTest {

    private static final long FOREVER = Long.MAX_VALUE / 2;

    private static void record(Database database, Entry... entries) {
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            for (Entry entry : entries) {
                ledger.record(entry);
            }
        }
    }

    private static List<Recorded> all(Database database) throws SQLException {
        List<Recorded> all = new ArrayList<>();
        try (LedgerReader reader = LedgerReader.open(database)) {
            reader.entries(0, FOREVER, all::add);
        }
        return all;
    }

    private static Cell sum(Database database, Grain grain, boolean isOfAttempts)
            throws SQLException {
        Cell sum = new Cell();
        try (LedgerReader reader = LedgerReader.open(database)) {
            reader.cells(grain, isOfAttempts, 0, FOREVER, (_, cell) -> sum.add(cell));
        }
        return sum;
    }

    private static Entry[] many(int count) {
        Entry[] entries = new Entry[count];
        for (int i = 0; i < count; i++) {
            entries[i] = Made.good(Made.NOON + i * 10L, "a/m" + i % 3, 100 + i % 50);
        }
        return entries;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRecorded_isReadAgain(Stores stores) throws SQLException {
        Database database = stores.get();
        Entry[] entries = many(1_500);

        record(database, entries);

        assertThat(all(database))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(entries).stream().map(Recorded::of).toList());
        for (Grain grain : Grain.values()) {
            assertThat(sum(database, grain, true).count()).isEqualTo(1_500);
            assertThat(sum(database, grain, false).completed()).isEqualTo(1_500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void laterStart_goesOnWhereTheFirstEnded(Stores stores) throws SQLException {
        Database database = stores.get();

        record(database, many(10));
        record(database, many(20));

        assertThat(all(database)).hasSize(30);
        assertThat(sum(database, Grain.MINUTE, true).count()).isEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource
    void twoGatewaysAtOnce_shareOneStore(Stores stores) throws SQLException {
        Database database = stores.get();
        try (StoredLedger one = new StoredLedger(database, Retention.DEFAULT);
                StoredLedger other = new StoredLedger(database, Retention.DEFAULT)) {
            for (Entry entry : many(2_000)) {
                (entry.exchange().hashCode() % 2 == 0 ? one : other).record(entry);
            }
        }

        assertThat(all(database)).hasSize(2_000);
        assertThat(sum(database, Grain.HOUR, true).count()).isEqualTo(2_000);
    }

    @ParameterizedTest
    @EnumSource
    void gatewaysThatStartTogether_makeTheTablesOneAfterTheOther(Stores stores) throws Exception {
        for (int round = 0; round < 3; round++) {
            Database database = stores.get();
            int gateways = 6;
            CyclicBarrier together = new CyclicBarrier(gateways);
            Callable<Void> start =
                    () -> {
                        together.await();
                        Storage.open(database, Made.NOON).close();
                        return null;
                    };

            try (ExecutorService threads = Executors.newFixedThreadPool(gateways)) {
                for (Future<Void> one : threads.invokeAll(Collections.nCopies(gateways, start))) {
                    assertThat(one).succeedsWithin(Duration.ZERO);
                }
            }

            assertThat(all(database)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void gatewayThatWritesNothing_keepsNoOtherFromWriting(Stores stores) throws SQLException {
        Database database = stores.get();
        try (Storage idle = Storage.open(database, Made.NOON)) {
            record(database, many(3));

            assertThat(all(database)).hasSize(3);
            assertThat(idle.holds(1)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void exchange_isFoundByItsName(Stores stores) throws SQLException {
        Database database = stores.get();
        Entry[] entries = many(1_500);
        record(database, entries);

        try (LedgerReader reader = LedgerReader.open(database)) {
            assertThat(reader.find(entries[777].exchange())).contains(Recorded.of(entries[777]));
            assertThat(reader.find(ExchangeId.of(Made.NOON, 1))).isEmpty();
            assertThat(reader.find("nothing like it")).isEmpty();
            assertThat(reader.latest(2))
                    .containsExactly(Recorded.of(entries[1_499]), Recorded.of(entries[1_498]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOlderThanItIsKept_isRemoved(Stores stores) throws SQLException {
        Database database = stores.get();
        record(database, many(100));
        long hour = Grain.HOUR.millis();

        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            new Sweeping(0, Made.NOON + hour, 0).sweep(connection);
            connection.commit();
        }

        assertThat(sum(database, Grain.MINUTE, true).count()).isZero();
        assertThat(sum(database, Grain.HOUR, true).count()).isEqualTo(100);
        assertThat(all(database)).hasSize(100);
        try (LedgerReader reader = LedgerReader.open(database)) {
            assertThat(reader.firstMinute()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesThatCameSinceAReaderWasOpened_areKnownToIt(Stores stores) throws SQLException {
        Database database = stores.get();
        record(database, Made.good(Made.NOON, "first/m", 1_000));
        Set<String> targets = new TreeSet<>();

        try (LedgerReader reader = LedgerReader.open(database)) {
            record(database, Made.good(Made.NOON, "later/m", 1_000));
            reader.cells(
                    Grain.MINUTE,
                    true,
                    Made.NOON - Grain.HOUR.millis(),
                    Made.NOON + Grain.HOUR.millis(),
                    (place, _) -> targets.add(String.valueOf(place.target())));
        }

        assertThat(targets).containsExactly("first/m", "later/m");
    }

    @ParameterizedTest
    @EnumSource
    void minutesOfAnHour_goTogether(Stores stores) throws SQLException {
        Database database = stores.get();
        record(database, many(100));
        long later = Made.NOON + Grain.HOUR.millis() - 1;

        try (Storage storage = Storage.open(database, 0)) {
            storage.sweep(new Sweeping(0, later, 0));
        }

        assertThat(sum(database, Grain.MINUTE, true).count()).isEqualTo(100);
    }

    @ParameterizedTest
    @EnumSource
    void retentionForEver_removesNothing(Stores stores) throws SQLException {
        Database database = stores.get();
        record(database, many(10));

        try (Storage storage = Storage.open(database, 0)) {
            storage.sweep(new Sweeping(-Span.OFF.millis(), -Span.OFF.millis(), 0));
        }

        assertThat(all(database)).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void schemaOfALaterVersion_isNotTouched(Stores stores) throws SQLException {
        Database database = stores.get();
        record(database, many(1));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE " + Schema.HISTORY + " SET version = '99'");
        }

        assertThatThrownBy(() -> Storage.open(database, 0))
                .hasMessageContaining("a later version of Ebbgate");
    }

    @Test
    void noLedger_isSaidSo(@TempDir Path folder) throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.db"));

        assertThatThrownBy(() -> LedgerReader.open(Database.file(folder.resolve("none.db"))))
                .isInstanceOf(LedgerMissing.class)
                .hasMessageContaining("there is no ledger yet");
        assertThatThrownBy(() -> LedgerReader.open(Database.file(empty)))
                .isInstanceOf(LedgerMissing.class);
    }

    @Test
    void brokenFile_isNotTakenForAnEmptyOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("cut.db");
        Storage.open(Database.file(file), 0).close();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 4_096 + 50)); // its first page and a little

        assertThatThrownBy(() -> LedgerReader.open(Database.file(file)))
                .isInstanceOf(LedgerMissing.class)
                .hasMessageContaining("the ledger cannot be read: " + file);
    }

    @Test
    void nameOfAServer_holdsNoSecret() {
        Database database =
                Database.server("jdbc:postgresql://me:hush@db/e?password=hush", null, null);

        assertThat(database.name()).isEqualTo("jdbc:postgresql://db/e");
    }
}
