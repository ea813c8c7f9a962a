package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/// Cuts a provider's stream into whole events and tells what each one means.
///
/// Bytes go in as they come ([#feed]); every event that is complete goes to the sink with its raw
/// bytes. An unfinished tail waits in the reader, within a bound, and is never handed out. Nothing
/// is allocated per piece or per event, except where an event is cut by a piece's end and the
/// buffer has to grow. One reader per answer; not thread-safe.
public final class EventReader {

    /// Takes whole events.
    @FunctionalInterface
    public interface Sink {

        /// Takes one event, its blank line included. The range is valid during the call only.
        ///
        /// @return whether to go on; after false the reader hands out nothing more
        boolean event(EventKind kind, byte[] bytes, int from, int to);
    }

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] NOTHING = {};
    private static final int SMALLEST_CARRY = 1024;

    /// A buffer larger than this is let go once its event is handed out: one long event must not be
    /// paid for as long as the stream lasts.
    private static final int LARGEST_KEPT_CARRY = 64 * 1024;

    private final Dialect dialect;
    private final int maxEventBytes;
    private final EventBoundary boundary = new EventBoundary();
    private final EventFields fields = new EventFields();
    private final EventClassifier classifier;
    private final EventTemplate template = new EventTemplate();

    private byte[] carry = NOTHING;
    private int carried;
    private int bomBytes;
    private boolean started;
    private boolean stopped;
    private @Nullable ProviderError error;

    /// A reader for one answer.
    ///
    /// @param choices how many choices were asked for ([RequestHead#choices])
    /// @param maxEventBytes the longest event to hold, its blank line included
    public EventReader(Operation operation, int choices, int maxEventBytes) {
        this.dialect = operation.dialect();
        this.maxEventBytes = maxEventBytes;
        this.classifier = EventClassifier.of(dialect, choices);
    }

    /// Takes the next piece of the answer and hands every event that is now complete to the sink.
    ///
    /// @return false once the sink has said stop or an event was [EventKind#OVERSIZED]; what was
    ///   left of the piece is then gone, and later pieces are ignored
    public boolean feed(byte[] bytes, int from, int to, Sink sink) {
        int at = started ? from : start(bytes, from, to, sink);
        return consume(bytes, at, to, sink);
    }

    /// Whether bytes of an unfinished event are waiting.
    public boolean hasPartial() {
        return carried > 0 || (!started && bomBytes > 0);
    }

    /// How many bytes of an unfinished event are waiting.
    public int carriedBytes() {
        return carried;
    }

    /// How many bytes the reader has room for by itself: what it costs while nothing is waiting.
    int carryBytes() {
        return carry.length;
    }

    /// Nothing more is to be read: lets go of what waits. What was told of the answer stays.
    public void close() {
        stopped = true;
        carry = NOTHING;
        carried = 0;
    }

    /// Tokens of the prompt as told so far; -1 where unknown.
    public long inputTokens() {
        return classifier.tally().inputTokens();
    }

    /// Tokens of the answer as told so far; -1 where unknown. Anthropic's count is cumulative.
    public long outputTokens() {
        return classifier.tally().outputTokens();
    }

    /// The model that answers, by its own account; decoded anew at each call.
    public @Nullable String model() {
        return classifier.tally().model();
    }

    /// What is wrong with the last [EventKind#MALFORMED] event, without quoting it.
    public String fault() {
        return classifier.fault();
    }

    /// The provider's last [EventKind#ERROR].
    public @Nullable ProviderError error() {
        return error;
    }

    private boolean consume(byte[] bytes, int from, int to, Sink sink) {
        int at = from;
        while (at < to && !stopped) {
            int end = alike(bytes, at, to);
            if (end >= 0) {
                stopped = !sink.event(EventKind.DELTA, bytes, at, end);
                at = end;
                continue;
            }
            end = boundary.find(bytes, at, to);
            int length = carried + (end < 0 ? to : end) - at;
            if (length > maxEventBytes || length < 0) {
                stopped = true;
                sink.event(EventKind.OVERSIZED, bytes, at, at);
            } else if (end < 0) {
                keep(bytes, at, to);
                return true;
            } else if (carried == 0) {
                hand(bytes, at, end, sink);
            } else {
                keep(bytes, at, end);
                carried = 0;
                hand(carry, 0, length, sink);
                letGo();
            }
            at = end;
        }
        return !stopped;
    }

    /// The end of the event that begins here, if it is known by the last one; else -1.
    private int alike(byte[] bytes, int from, int to) {
        int end = carried == 0 ? template.match(bytes, from, to) : -1;
        return end - from <= maxEventBytes ? end : -1;
    }

    private void hand(byte[] bytes, int from, int to, Sink sink) {
        EventKind kind = kind(bytes, from, to);
        if (!sink.event(kind, bytes, from, to)) {
            stopped = true;
        }
    }

    private EventKind kind(byte[] bytes, int from, int to) {
        fields.parse(bytes, from, to, boundary.lines());
        if (!fields.hasData()) {
            return fields.onlyComments() ? EventKind.COMMENT : EventKind.DROP;
        }
        EventKind kind = classifier.classify(fields);
        if (kind == EventKind.DELTA && classifier.speaksOneString() && fields.isOneLineOf(bytes)) {
            template.learn(bytes, from, to, classifier.spokenFrom(), classifier.spokenTo());
        }
        if (kind == EventKind.ERROR) {
            error =
                    ProviderError.inside(
                            dialect,
                            Arrays.copyOfRange(fields.data(), fields.dataFrom(), fields.dataTo()));
        }
        return kind;
    }

    private void letGo() {
        if (carry.length > LARGEST_KEPT_CARRY) {
            carry = NOTHING;
            fields.forget();
            classifier.forget();
        }
    }

    private void keep(byte[] bytes, int from, int to) {
        int length = carried + to - from;
        if (length > carry.length) {
            int roomy = (int) Math.min(maxEventBytes, Math.max(SMALLEST_CARRY, 2L * length));
            carry = Arrays.copyOf(carry, roomy);
        }
        System.arraycopy(bytes, from, carry, carried, to - from);
        carried = length;
    }

    /// Passes over a byte order mark, which may come in pieces: forwarded behind a keep-alive it
    /// would spoil the first field.
    private int start(byte[] bytes, int from, int to, Sink sink) {
        int at = from;
        while (at < to && bomBytes < BOM.length && bytes[at] == BOM[bomBytes]) {
            at++;
            bomBytes++;
        }
        if (at < to || bomBytes == BOM.length) {
            started = true;
            if (bomBytes < BOM.length) {
                consume(BOM, 0, bomBytes, sink);
            }
        }
        return at;
    }
}
