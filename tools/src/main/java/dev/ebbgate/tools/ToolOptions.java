package dev.ebbgate.tools;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Consumer;

/// How one call is to be made.
///
/// @param callId the id that the model or the caller gave it; empty to have one made
/// @param limits instead of the tool's, or null
/// @param total instead of that one of the limits, or null
/// @param idempotencyKey null for none
/// @param priority the higher, the sooner its turn comes
/// @param buffer how many partial results may wait to be read before the body has to; 0 where
///   nobody reads and all are merely kept
/// @param resume what the first attempt gets from `resumeFrom`, or null
/// @param late takes a result that came after the outcome, on a fresh thread
public record ToolOptions(
        String callId,
        @Nullable ToolLimits limits,
        @Nullable Total total,
        @Nullable String idempotencyKey,
        int priority,
        int buffer,
        @Nullable Object resume,
        Consumer<Object> late) {

    /// A limit on the whole run.
    ///
    /// @param owner who set it, as outcomes name it
    public record Total(Span value, String owner) {}

    static final String OWNER = "call options";

    public static final ToolOptions DEFAULT =
            new ToolOptions("", null, null, null, 0, 0, null, _ -> {});

    /// The defaults for the call with this id.
    public static ToolOptions call(String callId) {
        return DEFAULT.withCallId(callId);
    }

    public ToolOptions withCallId(String value) {
        return new ToolOptions(
                value, limits, total, idempotencyKey, priority, buffer, resume, late);
    }

    public ToolOptions withLimits(ToolLimits value) {
        return new ToolOptions(
                callId, value, total, idempotencyKey, priority, buffer, resume, late);
    }

    /// With this limit on the whole run; the others stay as they are.
    public ToolOptions withTotal(Duration value) {
        return withTotal(Span.of(value), OWNER);
    }

    /// The same, set by somebody whom outcomes are to name.
    public ToolOptions withTotal(Span value, String owner) {
        return new ToolOptions(
                callId,
                limits,
                new Total(value, owner),
                idempotencyKey,
                priority,
                buffer,
                resume,
                late);
    }

    /// The limits that hold with these options, for a tool that has those.
    ToolLimits limits(ToolLimits ofTool) {
        ToolLimits plain = limits == null ? ofTool : limits;
        return total == null ? plain : plain.with(ToolLimit.TOTAL, total.value());
    }

    public ToolOptions withIdempotencyKey(String value) {
        return new ToolOptions(callId, limits, total, value, priority, buffer, resume, late);
    }

    public ToolOptions withPriority(int value) {
        return new ToolOptions(callId, limits, total, idempotencyKey, value, buffer, resume, late);
    }

    /// Somebody reads the partial results: the body waits while so many are unread.
    public ToolOptions streamed(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("a buffer of at least 1: " + value);
        }
        return new ToolOptions(
                callId, limits, total, idempotencyKey, priority, value, resume, late);
    }

    public ToolOptions resumingFrom(Object checkpoint) {
        return new ToolOptions(
                callId, limits, total, idempotencyKey, priority, buffer, checkpoint, late);
    }

    public ToolOptions withLate(Consumer<Object> value) {
        return new ToolOptions(
                callId, limits, total, idempotencyKey, priority, buffer, resume, value);
    }

    /// The same for a run that several calls have: each of them reads, and hears of a late result,
    /// by itself.
    ToolOptions shared(Consumer<Object> lateForAll) {
        return new ToolOptions(
                callId, limits, total, idempotencyKey, priority, 0, resume, lateForAll);
    }

    @Override
    public String toString() {
        return "options of call " + callId;
    }
}
