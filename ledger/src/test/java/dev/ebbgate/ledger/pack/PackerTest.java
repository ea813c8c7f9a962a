package dev.ebbgate.ledger.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.ledger.Made;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/// What was written is read again, and takes little room.
class PackerTest {

    /// Numbers the first words it hears of.
    private static final class Few implements Dictionary {
        private final List<String> words = new ArrayList<>();
        private final int most;

        Few(int most) {
            this.most = most;
        }

        @Override
        public int number(String word) {
            int at = words.indexOf(word);
            if (at >= 0) {
                return at + 1;
            }
            if (words.size() == most) {
                return NONE;
            }
            words.add(word);
            return words.size();
        }

        @Override
        public @Nullable String word(int number) {
            return number <= words.size() ? words.get(number - 1) : null;
        }
    }

    private static List<Recorded> all() {
        Entry.Tried hung = Made.tried("slow/m", Made.timedOut(Limit.FIRST_TOKEN, 3_000), 0, 3_001);
        Outcome crowded =
                new Outcome.Failed(
                        new Failure.Crowded(
                                new Expiry(
                                        "queue",
                                        Span.ofSeconds(30),
                                        "providers.a.queue",
                                        Phase.QUEUE,
                                        30_005_000_000L)));
        Entry plain = Made.good(Made.NOON, "a/m", 1_234);
        Entry foreign =
                new Entry(
                        "made-elsewhere",
                        Made.NOON - 50,
                        new Entry.Asked(
                                "/v1/messages", Dialect.ANTHROPIC, null, "m", false, true, 0),
                        List.of(),
                        crowded,
                        new Entry.Told(503, true, true, 0, 0, 1),
                        new Entry.Client(null, null, null),
                        50_000_000);
        return List.of(
                Recorded.of(plain),
                Recorded.of(
                        Made.exchange(
                                Made.NOON + 400,
                                "relayed",
                                "night \"run\" ü",
                                Made.GOOD,
                                hung,
                                Made.tried("spare/m", Made.GOOD, 3_001, 5_000))),
                Recorded.of(Made.exchange(Made.NOON - 7, "r", null, Made.LEFT, hung)),
                Recorded.of(foreign));
    }

    private static List<Recorded> again(Dictionary words) {
        Packed out = new Packed(16);
        Packer packer = new Packer(words, out);
        all().forEach(entry -> packer.write(entry, Made.NOON));
        Unpacker in = new Unpacker(words, out.toBytes(), Made.NOON);
        List<Recorded> read = new ArrayList<>();
        while (in.hasNext()) {
            read.add(in.next());
        }
        return read;
    }

    @Test
    void whatWasWritten_isReadAgain() {
        assertThat(again(new Few(1_000))).isEqualTo(all());
    }

    @Test
    void wordsThatGetNoNumber_areWrittenOut() {
        assertThat(again(new Few(3))).isEqualTo(all());
        assertThat(again(new Few(0))).isEqualTo(all());
    }

    @Test
    void exchangeWithOneAttempt_takesLessThanAHundredBytes() {
        Packed out = new Packed(16);

        new Packer(new Few(1_000), out).write(all().getFirst(), Made.NOON);

        assertThat(out.length()).isLessThan(100);
    }

    @Test
    void numberWithoutItsWord_isNoObstacle() {
        Packed out = new Packed(16);
        new Packer(new Few(1_000), out).write(all().getFirst(), Made.NOON);

        Recorded read = new Unpacker(new Few(0), out.toBytes(), Made.NOON).next();

        assertThat(read.exchange()).isEqualTo(all().getFirst().exchange());
        assertThat(read.asked().model()).isEqualTo("?");
    }
}
