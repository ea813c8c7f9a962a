package dev.ebbgate.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.upkeep.LedgerSettings.Retention;
import dev.ebbgate.ledger.Made;
import dev.ebbgate.ledger.pace.Drawn;
import dev.ebbgate.ledger.pace.Grain;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;
import dev.ebbgate.ledger.store.StoredLedger;
import dev.ebbgate.ledger.store.Stores;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Questions and their answers, from a file as from PostgreSQL.
class AuditTest {

    private static final long HOUR = Grain.HOUR.millis();
    private static final Window DAY = new Window(Made.NOON - 12 * HOUR, Made.NOON + 12 * HOUR);

    private final List<Entry> entries = new ArrayList<>();

    private Answer ask(Stores stores, By by, Window window, @Nullable String route)
            throws SQLException {
        Database database = stores.get();
        try (StoredLedger ledger = new StoredLedger(database, Retention.DEFAULT)) {
            entries.forEach(ledger::record);
        }
        try (LedgerReader reader = LedgerReader.open(database)) {
            return Audit.ask(reader, new Question(window, by, route, 660_000, 120_000));
        }
    }

    private static Row row(Answer answer, String name) {
        return answer.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " not in " + answer.rows()));
    }

    private static List<String> names(Answer answer) {
        return answer.rows().stream().map(Row::name).toList();
    }

    private void draw(String target, int n, double p50, double p90, double max) {
        SplittableRandom random = new SplittableRandom(n);
        for (long millis : Drawn.millis(n, p50, p90, max, random)) {
            long ended = random.nextLong(DAY.sinceMillis(), DAY.untilMillis());
            entries.add(Made.good(ended, target, millis));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "C4 the three rows of the report: n, hangs, p50, p90, max, and the way to the cliff")
    void rowsOfTheReport_areFoundAgain(Stores stores) throws SQLException {
        draw("x/claude-haiku-4-5", 51, 7.7, 47, 109);
        draw("x/grok-4.3", 147, 3.1, 7, 168);
        draw("x/minimax-m3", 257, 16, 89, 491);

        Answer answer = ask(stores, By.MODEL, DAY, null);

        assertThat(names(answer)).containsExactly("claude-haiku-4-5", "grok-4.3", "minimax-m3");
        assertRow(row(answer, "claude-haiku-4-5"), 51, 7.7, 47, 109);
        assertRow(row(answer, "grok-4.3"), 147, 3.1, 7, 168);
        Row slow = row(answer, "minimax-m3");
        assertRow(slow, 257, 16, 89, 491);
        assertThat(slow.hangs()).isEqualTo(exactHangs("x/minimax-m3"));
        assertThat(slow.cliffDistanceMillis()).isEqualTo(169_000);
        assertThat(slow.isNear()).isTrue();
        assertThat(row(answer, "grok-4.3").isNear()).isFalse();
    }

    private long exactHangs(String target) {
        return entries.stream()
                .filter(entry -> entry.attempts().getFirst().target().equals(target))
                .filter(entry -> entry.totalNanos() >= 120_000_000_000L)
                .count();
    }

    private static void assertRow(Row row, long n, double p50, double p90, double max) {
        assertThat(row.cell().count()).isEqualTo(n);
        assertThat(row.cell().completed()).isEqualTo(n);
        assertThat(row.percentile(50).seconds()).isCloseTo(p50, within(p50 * 0.001));
        assertThat(row.percentile(90).seconds()).isCloseTo(p90, within(p90 * 0.001));
        assertThat(row.max().seconds()).isEqualTo(max);
        assertThat(row.isAtLeast()).isFalse();
    }

    private static Entry failedOver(long ended, String tag) {
        Outcome hung = Made.timedOut(Limit.FIRST_TOKEN, 3_000);
        return Made.exchange(
                ended,
                "relayed",
                tag,
                Made.GOOD,
                Made.tried("slow/m", hung, 0, 3_001),
                Made.tried("spare/m", Made.GOOD, 3_001, 5_001));
    }

    @ParameterizedTest
    @EnumSource
    void attemptsAndExchanges_areCountedAsTheRowsSay(Stores stores) throws SQLException {
        entries.add(failedOver(Made.NOON, "night"));
        entries.add(Made.good(Made.NOON, "spare/m", 900));

        Answer models = ask(stores, By.MODEL, DAY, null);
        Answer targets = ask(stores, By.TARGET, DAY, null);
        Answer routes = ask(stores, By.ROUTE, DAY, null);
        Answer tags = ask(stores, By.TAG, DAY, null);
        Answer keys = ask(stores, By.KEY, DAY, "relayed");

        assertThat(names(models)).containsExactly("m");
        assertThat(row(models, "m").cell().count()).isEqualTo(3);
        assertThat(row(models, "m").isAtLeast()).isTrue();
        assertThat(names(targets)).containsExactly("slow/m", "spare/m");
        assertThat(row(targets, "slow/m").cell().failedOver()).isEqualTo(1);
        assertThat(row(targets, "spare/m").isAtLeast()).isFalse();
        assertThat(names(routes)).containsExactly("coder", "relayed");
        assertThat(row(routes, "relayed").cell().failedOver()).isEqualTo(1);
        assertThat(row(routes, "relayed").isAtLeast()).isFalse();
        assertThat(names(tags)).containsExactly("(no tag)", "night");
        assertThat(names(keys)).containsExactly("agents");
        assertThat(row(keys, "agents").cell().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void window_hasWhatEndedInItToTheMinute(Stores stores) throws SQLException {
        long since = Made.NOON - 90 * 60_000;
        long until = Made.NOON + 150 * 60_000;
        for (long at : new long[] {since - 1, since, Made.NOON, until - 1, until}) {
            entries.add(Made.good(at, "a/m", 1_000));
        }

        Answer answer = ask(stores, By.MODEL, new Window(since, until), null);
        Answer short_ = ask(stores, By.MODEL, new Window(since, since + 60_000), null);

        assertThat(row(answer, "m").cell().count()).isEqualTo(3);
        assertThat(row(short_, "m").cell().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void trend_isMeasuredAgainstTheWindowBefore(Stores stores) throws SQLException {
        entries.add(Made.good(Made.NOON - 30 * 60_000, "a/m", 1_000));
        entries.add(Made.good(Made.NOON + 30 * 60_000, "a/m", 1_500));
        entries.add(Made.good(Made.NOON + 30 * 60_000, "b/new", 1_500));

        Answer answer = ask(stores, By.MODEL, new Window(Made.NOON, Made.NOON + HOUR), null);

        assertThat(row(answer, "m").trend())
                .hasValueSatisfying(trend -> assertThat(trend).isCloseTo(0.5, within(0.01)));
        assertThat(row(answer, "new").trend()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the first hour of a ledger is known by its minutes")
    void windowBeforeTheFirstExchange_isEmptyAlsoWithinItsHour(Stores stores) throws SQLException {
        long first = Made.NOON + 30 * 60_000;
        entries.add(Made.good(first, "a/m", 1_000));
        long minutes = 5 * 60_000;

        Answer before = ask(stores, By.MODEL, new Window(Made.NOON, first - minutes), null);
        Answer answer = ask(stores, By.MODEL, new Window(first, first + minutes), null);

        assertThat(before.rows()).isEmpty();
        assertThat(row(answer, "m").trend()).as("nothing to compare with").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("two gateways' histograms are together what one gateway's would be")
    void twoGateways_areTogetherWhatOneWouldBe(Stores stores) throws SQLException {
        draw("x/m", 2_000, 10, 60, 400);
        Database one = stores.get();
        Database two = stores.get();
        try (StoredLedger alone = new StoredLedger(one, Retention.DEFAULT);
                StoredLedger left = new StoredLedger(two, Retention.DEFAULT);
                StoredLedger right = new StoredLedger(two, Retention.DEFAULT)) {
            for (int i = 0; i < entries.size(); i++) {
                alone.record(entries.get(i));
                (i % 3 == 0 ? left : right).record(entries.get(i));
            }
        }

        Row ofOne = rowOf(one);
        Row ofTwo = rowOf(two);

        assertThat(ofTwo.cell().count()).isEqualTo(2_000);
        assertThat(ofTwo.cell().total().histogram()).isEqualTo(ofOne.cell().total().histogram());
        for (double percent : new double[] {50, 90, 99, 100}) {
            assertThat(ofTwo.percentile(percent)).isEqualTo(ofOne.percentile(percent));
            assertThat(ofTwo.firstToken(percent)).isEqualTo(ofOne.firstToken(percent));
        }
        long[] exact = entries.stream().mapToLong(e -> e.totalNanos() / 1_000_000).toArray();
        Arrays.sort(exact);
        double p99 = exact[1_979];
        assertThat((double) ofTwo.percentile(99).millis()).isCloseTo(p99, within(p99 / 1_000 + 1));
    }

    private static Row rowOf(Database database) throws SQLException {
        try (LedgerReader reader = LedgerReader.open(database)) {
            return row(Audit.ask(reader, new Question(DAY, By.MODEL, null, 660_000, 120_000)), "m");
        }
    }
}
