package dev.ebbgate.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.ledger.pace.Cell;
import dev.ebbgate.ledger.pace.Grain;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/// A process that records is killed again and again. A few times here, with patience for a machine
/// that has much else to do; `-Dledger.kills=100 -Dledger.last-millis=1000` is the promise itself.
class KillTest {

    private static final int KILLS = Integer.getInteger("ledger.kills", 3);

    /// A third of a second in which entries wait for company, and the writing of it.
    private static final long LAST_SECOND_MILLIS = Long.getLong("ledger.last-millis", 2_000);

    @TempDir private Path folder = Path.of("");

    /// What a process says it had recorded.
    private record Said(long count, long atMillis) {}

    @Test
    void killedProcess_losesNoMoreThanItsLastSecondAndNeverHalf() throws Exception {
        Path file = folder.resolve("ledger.db");
        SplittableRandom random = new SplittableRandom(KILLS);
        Storage.open(Database.file(file), 0).close(); // the schema takes its time, once
        long before = 0;
        for (int i = 0; i < KILLS; i++) {
            long due = runAndKill(file, LAST_SECOND_MILLIS + random.nextLong(1_000, 2_000));

            long kept = count(file);

            assertThat(kept).as("after kill " + i).isGreaterThanOrEqualTo(before + due);
            assertThat(counted(file, Grain.MINUTE)).isEqualTo(kept);
            assertThat(counted(file, Grain.HOUR)).isEqualTo(kept);
            assertThat(integrity(file)).isEqualTo("ok");
            before = kept;
        }
        assertThat(before).isPositive();
    }

    /// Answers how many were recorded a second and more before the kill.
    private long runAndKill(Path file, long afterMillis) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Unlucky.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        Deque<Said> said = new ArrayDeque<>();
        long killed = killAfter(process, afterMillis, said);
        return said.stream()
                .filter(each -> each.atMillis() <= killed - LAST_SECOND_MILLIS)
                .mapToLong(Said::count)
                .max()
                .orElse(0);
    }

    /// Answers when it was killed.
    private static long killAfter(Process process, long afterMillis, Deque<Said> said)
            throws IOException, InterruptedException {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] parts = line.split(" ", -1);
                said.add(new Said(Long.parseLong(parts[0]), Long.parseLong(parts[1])));
                if (said.getLast().atMillis() - said.getFirst().atMillis() >= afterMillis) {
                    long now = System.currentTimeMillis();
                    process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
                    return now;
                }
            }
        }
        throw new AssertionError("it ended by itself");
    }

    private static long count(Path file) throws SQLException {
        long[] count = {0};
        try (LedgerReader reader = LedgerReader.open(Database.file(file))) {
            reader.entries(0, Long.MAX_VALUE / 2, _ -> count[0]++);
        }
        return count[0];
    }

    private static long counted(Path file, Grain grain) throws SQLException {
        Cell sum = new Cell();
        try (LedgerReader reader = LedgerReader.open(Database.file(file))) {
            reader.cells(grain, true, 0, Long.MAX_VALUE / 2, (_, cell) -> sum.add(cell));
        }
        return sum.count();
    }

    private static String integrity(Path file) throws SQLException, IOException {
        try (Connection connection = Database.file(file).connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            return row.next() ? row.getString(1) : "no answer";
        }
    }
}
