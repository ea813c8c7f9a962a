package dev.ebbgate.ledger.overlay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.core.overlay.OverlayStore.Unavailable;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerMissing;
import dev.ebbgate.ledger.store.LedgerReader;
import dev.ebbgate.ledger.store.Stores;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What one gateway keeps another one finds, in a real PostgreSQL.
class SqlOverlayTest {

    private final Database database = Stores.POSTGRESQL.get();

    private static OverlayEntry entry(String name, @Nullable String value) {
        return new OverlayEntry(
                new OverlayKey(Section.ROUTES, name, "timeouts.stream-idle"), value, 42);
    }

    private static Overlay first(OverlayEntry... entries) {
        return new Overlay(1, List.of(entries));
    }

    @Test
    void emptyDatabase_isRead_andLeftAsItIs() throws Exception {
        try (SqlOverlay overlay = new SqlOverlay(database)) {
            assertThat(overlay.read()).isEqualTo(Overlay.EMPTY);
        }

        assertThatThrownBy(() -> LedgerReader.open(database)).isInstanceOf(LedgerMissing.class);
    }

    @Test
    void whatOneKeeps_theOtherReads_hiddenKeysIncluded_inOrder() throws Exception {
        Overlay kept = first(entry("z", "\"300s\""), entry("a", null));

        try (SqlOverlay one = new SqlOverlay(database);
                SqlOverlay other = new SqlOverlay(database)) {
            assertThat(one.replace(kept)).isTrue();
            assertThat(other.read()).isEqualTo(kept);
        }
    }

    @Test
    void whoHasNotSeenTheLastChange_changesNothing() throws Exception {
        try (SqlOverlay one = new SqlOverlay(database);
                SqlOverlay other = new SqlOverlay(database)) {
            assertThat(one.replace(first(entry("a", "1")))).isTrue();

            boolean replaced = other.replace(first(entry("b", "2")));

            assertThat(replaced).isFalse();
            assertThat(other.read()).isEqualTo(first(entry("a", "1")));
        }
    }

    @Test
    void manyAtOnce_noneOverwritesAnother() throws Exception {
        int gateways = 6;
        int changes = 20;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < gateways; i++) {
            String name = "route-" + i;
            work.add(() -> add(name, changes));
        }

        int lost = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(gateways)) {
            for (Future<Integer> each : threads.invokeAll(work)) {
                lost += each.get();
            }
        }

        try (SqlOverlay overlay = new SqlOverlay(database)) {
            assertThat(overlay.read().revision()).isEqualTo((long) gateways * changes);
            assertThat(overlay.read().entries()).hasSize(gateways);
            assertThat(overlay.read().entries()).allMatch(e -> "19".equals(e.value()));
        }
        assertThat(lost).as("some must have met, or nothing was tried").isPositive();
    }

    /// Raises its own key, as often as it takes; answers how often another one was faster.
    private int add(String name, int changes) throws Unavailable {
        int lost = 0;
        try (SqlOverlay overlay = new SqlOverlay(database)) {
            for (int done = 0; done < changes; ) {
                Overlay now = overlay.read();
                Overlay next = now.succeededBy(now.with(entry(name, String.valueOf(done))));
                if (overlay.replace(next)) {
                    done++;
                } else {
                    lost++;
                }
            }
        }
        return lost;
    }

    @Test
    void connectionThatBreaks_isTold_andMadeAnew() throws Exception {
        try (SqlOverlay overlay = new SqlOverlay(database)) {
            assertThat(overlay.replace(first(entry("a", "1")))).isTrue();
            cutAll();

            assertThatThrownBy(overlay::read)
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("cannot be read");
            assertThat(overlay.read()).isEqualTo(first(entry("a", "1")));
        }
    }

    private void cutAll() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
    }
}
