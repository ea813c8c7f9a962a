package dev.ebbgate.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.ExchangeId;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.core.watch.Expectation;
import dev.ebbgate.ledger.Made;
import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;
import dev.ebbgate.ledger.store.StoredLedger;
import dev.ebbgate.ledger.store.Stores;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// What the ledger knows of how long a first token usually takes.
class UsualTest {

    private static final long MILLI = 1_000_000L;
    private static final int CALLS = 40;
    private static final String TARGET = "vllm/coder";

    /// A streamed call that arrives at this second.
    private static Entry call(long second, String target, int tokens, long millis) {
        long over = millis * MILLI + 100 * MILLI;
        Entry.Tried tried =
                new Entry.Tried(
                        target,
                        Made.GOOD,
                        Phase.FINISH,
                        new Waits(0, 0, MILLI, 2 * MILLI, MILLI + millis * MILLI, 3 * MILLI, over),
                        new Entry.Answered(200, null, tokens, 64, 12_000));
        long arrived = Made.NOON + second * 1_000;
        return new Entry(
                ExchangeId.of(arrived, second),
                arrived,
                new Entry.Asked(
                        "/v1/chat/completions", Dialect.OPENAI, "coder", "coder", true, false, 1),
                List.of(tried),
                Made.GOOD,
                new Entry.Told(200, false, false, 12_000, 64, 0),
                new Entry.Client(null, null, null),
                over);
    }

    private static Map<String, Expectation> before(Database database, Entry exchange)
            throws SQLException {
        try (LedgerReader reader = LedgerReader.open(database)) {
            return Usual.before(reader, Recorded.of(exchange));
        }
    }

    @ParameterizedTest
    @EnumSource
    void callsBefore_sayWhatIsUsualAtThatTargetAndNowhereElse(Stores stores) throws SQLException {
        Database database = stores.get();
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            for (int i = 1; i <= CALLS; i++) {
                ledger.record(call(i * 60L, TARGET, i * 1_000, i * 400L));
                ledger.record(call(i * 60L, "other/coder", i * 1_000, i * 9_000L));
            }
        }

        Map<String, Expectation> usual = before(database, call(9_000, TARGET, 20_000, 30_000));
        Map<String, Expectation> earlier = before(database, call(0, TARGET, 20_000, 30_000));

        assertThat(usual).containsOnlyKeys(TARGET);
        assertThat(usual.get(TARGET))
                .satisfies(known -> {
                    assertThat(known.seconds(20_000)).isBetween(7.9, 8.1);
                    assertThat(known.isSlow(20_000, 30)).isTrue();
                    assertThat(known.isSlow(20_000, 9)).isFalse();
                });
        assertThat(earlier).isEmpty();
    }
}
