package dev.ebbgate.core.ledger;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One line of the ledger: an exchange with its attempts. No content, no keys; what strangers wrote
/// is cut to a bounded length.
///
/// @param exchange its id
/// @param arrivedMillis when the request arrived, in milliseconds since 1970 UTC
/// @param totalNanos from the request's arrival to the exchange's end
public record Entry(
        String exchange,
        long arrivedMillis,
        Asked asked,
        List<Tried> attempts,
        Outcome outcome,
        Told told,
        Client client,
        long totalNanos) {

    /// The longest text of a stranger that is kept.
    public static final int LONGEST_TEXT = 200;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    /// When the exchange was over, in milliseconds since 1970 UTC: the moment to which it belongs.
    public long endedMillis() {
        return arrivedMillis + totalNanos / NANOS_PER_MILLI;
    }

    /// Whether another target was tried because one had failed; a hedge is none.
    public boolean failedOver() {
        for (int i = 1; i < attempts.size(); i++) {
            if (cause(i) == Cause.FAILOVER) {
                return true;
            }
        }
        return false;
    }

    /// Whether it came out in a way of its own: else an attempt tells how.
    public boolean isOutcomeOwn() {
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i).outcome().equals(outcome)) {
                return false;
            }
        }
        return true;
    }

    /// Why an attempt was made.
    ///
    /// @param index counted from 0
    public Cause cause(int index) {
        if (index == 0) {
            return Cause.FIRST;
        }
        Tried own = attempts.get(index);
        Tried before = attempts.get(index - 1);
        if (own.waits().startNanos() < before.waits().overNanos()) {
            return Cause.HEDGE;
        }
        return own.target().equals(before.target()) ? Cause.RETRY : Cause.FAILOVER;
    }

    /// Why an attempt was made.
    public enum Cause {
        /// Nothing had been tried.
        FIRST("first"),
        /// The same target once more.
        RETRY("retry"),
        /// The next target.
        FAILOVER("failover"),
        /// The next target, beside one that is silent.
        HEDGE("hedge");

        private final String key;

        Cause(String key) {
            this.key = key;
        }

        /// The name in the ledger.
        public String key() {
            return key;
        }
    }

    /// What was asked for.
    ///
    /// @param operation the path at the door
    /// @param route the route's name, or null where a provider was named
    /// @param model the model's name as the client wrote it
    /// @param resend whether the same body was lately too much for a target
    /// @param bytes the length of the request's body
    /// @param deadline how long the client itself said the whole may take, or null
    public record Asked(
            String operation,
            Dialect dialect,
            @Nullable String route,
            String model,
            boolean streamed,
            boolean resend,
            long bytes,
            @Nullable Span deadline) {

        public Asked {
            model = cut(model);
        }

        /// What was asked for by a client that said nothing of a deadline.
        public Asked(
                String operation,
                Dialect dialect,
                @Nullable String route,
                String model,
                boolean streamed,
                boolean resend,
                long bytes) {
            this(operation, dialect, route, model, streamed, resend, bytes, null);
        }
    }

    /// One attempt.
    ///
    /// @param target `provider/model`
    /// @param phase the phase in which it ended
    /// @param waits when its waits ended, as moments that count from the request's arrival
    public record Tried(
            String target, Outcome outcome, Phase phase, Waits waits, Answered answered) {}

    /// What a provider said in an attempt, as far as it came.
    ///
    /// @param status of its answer, 0 if no head came
    /// @param model the model that answered, by its own account
    /// @param promptTokens -1 where not told
    /// @param completionTokens -1 where not told
    /// @param bytes of the body
    public record Answered(
            int status,
            @Nullable String model,
            long promptTokens,
            long completionTokens,
            long bytes) {

        /// Nothing came.
        public static final Answered NOTHING = new Answered(0, null, -1, -1, 0);

        public Answered {
            model = cutIfAny(model);
        }
    }

    /// What the client got.
    ///
    /// @param status the HTTP status sent, 0 if none was
    /// @param earlyHead whether the head left before the answer was known
    /// @param errorInside whether an error was delivered inside a 200
    /// @param skipped malformed events left out
    public record Told(
            int status,
            boolean earlyHead,
            boolean errorInside,
            long bytes,
            long chunks,
            int skipped) {}

    /// Who asked.
    ///
    /// @param key the name of the gateway key, or null where none is asked
    /// @param tag what the client wrote into `x-ebbgate-tag`
    /// @param trace to which the exchange belongs, or null where it has no spans; not stored
    public record Client(
            @Nullable String key,
            @Nullable String userAgent,
            @Nullable String tag,
            @Nullable Trace trace) {

        public Client {
            userAgent = cutIfAny(userAgent);
            tag = cutIfAny(tag);
        }

        /// Somebody whose exchange has no spans.
        public Client(@Nullable String key, @Nullable String userAgent, @Nullable String tag) {
            this(key, userAgent, tag, null);
        }
    }

    private static @Nullable String cutIfAny(@Nullable String text) {
        return text == null ? null : cut(text);
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }
}
