package dev.ebbgate.ledger.audit;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.watch.Expectation;
import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.store.LedgerReader;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// How long the first token usually took at the targets of an exchange, as far as the ledger knows
/// from the calls before it.
public final class Usual {

    /// So many of a target's last calls are looked at, as a gateway does while it runs.
    private static final int POINTS = 128;

    private static final double NANOS = 1e9;

    private final Map<String, Points> targets = new HashMap<>();

    private static final class Points {
        private final double[] tokens = new double[POINTS];
        private final double[] seconds = new double[POINTS];
        private int known;

        boolean isFull() {
            return known == POINTS;
        }

        void add(Recorded.Try call) {
            if (!isFull()) {
                tokens[known] = (double) call.answered().promptTokens();
                seconds[known++] = firstTokenSeconds(call);
            }
        }
    }

    private Usual() {}

    /// What was usual at each of its targets; what is not known is left out.
    public static Map<String, Expectation> before(LedgerReader ledger, Recorded exchange)
            throws SQLException {
        Usual usual = new Usual();
        exchange.attempts().forEach(tried -> usual.targets.put(tried.target(), new Points()));
        ledger.before(exchange.arrivedMillis(), usual::add);
        Map<String, Expectation> known = new HashMap<>();
        usual.targets.forEach((target, points) -> {
            Expectation expectation =
                    Expectation.of(
                            Arrays.copyOf(points.tokens, points.known),
                            Arrays.copyOf(points.seconds, points.known));
            if (expectation != null) {
                known.put(target, expectation);
            }
        });
        return known;
    }

    /// Answers whether more is wanted.
    private boolean add(Recorded earlier) {
        for (Recorded.Try call : earlier.attempts()) {
            Points points = targets.get(call.target());
            if (points != null && isTelling(earlier, call)) {
                points.add(call);
            }
        }
        return !targets.values().stream().allMatch(Points::isFull);
    }

    /// Whether a call shows how long a first token takes. Of an answer that is not streamed the
    /// first byte is seen only once all of it is made.
    public static boolean isTelling(Recorded exchange, Recorded.Try call) {
        return exchange.asked().streamed()
                && call.answered().promptTokens() > 0
                && call.waits().usableNanos() != Deadline.NEVER
                && call.waits().firstTokenNanos() != Deadline.NEVER;
    }

    /// From the usable connection on.
    public static double firstTokenSeconds(Recorded.Try call) {
        return (call.waits().firstTokenNanos() - call.waits().usableNanos()) / NANOS;
    }
}
