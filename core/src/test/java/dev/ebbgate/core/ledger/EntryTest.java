package dev.ebbgate.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.core.ledger.Entry.Asked;
import dev.ebbgate.core.ledger.Entry.Cause;
import dev.ebbgate.core.ledger.Entry.Client;
import dev.ebbgate.core.ledger.Entry.Told;
import dev.ebbgate.core.ledger.Entry.Tried;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Phase;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class EntryTest {

    private static final Outcome GOOD = new Outcome.Completed(false);

    private static Tried tried(String target, long startNanos, long overNanos) {
        Waits waits =
                new Waits(
                        0,
                        startNanos,
                        Deadline.NEVER,
                        Deadline.NEVER,
                        Deadline.NEVER,
                        0,
                        overNanos);
        return new Tried(target, GOOD, Phase.FINISH, waits, Answered.NOTHING);
    }

    private static Entry entry(Tried... attempts) {
        return new Entry(
                "ebb-1",
                1_000,
                new Asked("/v1/messages", Dialect.ANTHROPIC, "coder", "m", true, false, 10),
                List.of(attempts),
                GOOD,
                new Told(200, false, false, 1, 1, 0),
                new Client(null, null, null),
                2_500_000_000L);
    }

    private static List<Cause> causes(Entry entry) {
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < entry.attempts().size(); i++) {
            causes.add(entry.cause(i));
        }
        return causes;
    }

    @Test
    void sameTargetAgain_isARetryAndAnotherOneAFailover() {
        Entry entry = entry(tried("a/m", 0, 5), tried("a/m", 6, 7), tried("b/m", 7, 9));

        assertThat(causes(entry)).containsExactly(Cause.FIRST, Cause.RETRY, Cause.FAILOVER);
        assertThat(entry.failedOver()).isTrue();
    }

    @Test
    void attemptBesideOneUnderWay_isAHedge() {
        Entry entry = entry(tried("a/m", 0, 9), tried("b/m", 4, 9));

        assertThat(causes(entry)).containsExactly(Cause.FIRST, Cause.HEDGE);
        assertThat(entry.failedOver()).isFalse();
    }

    @Test
    void retryAlone_isNoFailover() {
        assertThat(entry(tried("a/m", 0, 5), tried("a/m", 6, 7)).failedOver()).isFalse();
        assertThat(entry().failedOver()).isFalse();
    }

    @Test
    void exchange_belongsToTheMomentOfItsEnd() {
        assertThat(entry().endedMillis()).isEqualTo(3_500);
    }

    @Test
    void whatStrangersWrote_isCut() {
        String longer = "x".repeat(Entry.LONGEST_TEXT + 1);

        assertThat(new Client(null, longer, longer).tag()).hasSize(Entry.LONGEST_TEXT);
        assertThat(new Client(null, longer, longer).userAgent()).hasSize(Entry.LONGEST_TEXT);
        assertThat(new Answered(200, longer, -1, -1, 0).model()).hasSize(Entry.LONGEST_TEXT);
        assertThat(new Asked("/", Dialect.OPENAI, null, longer, true, false, 0).model())
                .hasSize(Entry.LONGEST_TEXT);
    }
}
