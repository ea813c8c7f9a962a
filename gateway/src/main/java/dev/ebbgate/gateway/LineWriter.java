package dev.ebbgate.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Expiry;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/// Writes exchanges as JSON, one line each. Names are encoded once, not in every line, and numbers
/// without the detour over `double` and `String`. Confined to one thread.
final class LineWriter {

    private static final int LONGEST_NUMBER = 24;
    private static final long MILLIS_PER_SECOND = 1_000;
    private static final long NANOS_PER_TENTH = 100_000;

    private static final SerializableString TIME = name("time");
    private static final SerializableString EXCHANGE = name("exchange");
    private static final SerializableString OPERATION = name("operation");
    private static final SerializableString DIALECT = name("dialect");
    private static final SerializableString ROUTE = name("route");
    private static final SerializableString MODEL = name("model");
    private static final SerializableString STREAM = name("stream");
    private static final SerializableString RESEND = name("resend");
    private static final SerializableString REQUEST_BYTES = name("request_bytes");
    private static final SerializableString FAILED_OVER = name("failed_over");
    private static final SerializableString ATTEMPTS = name("attempts");
    private static final SerializableString TARGET = name("target");
    private static final SerializableString OUTCOME = name("outcome");
    private static final SerializableString PHASE = name("phase");
    private static final SerializableString WHY = name("why");
    private static final SerializableString QUEUE_MS = name("queue_ms");
    private static final SerializableString CONNECT_MS = name("connect_ms");
    private static final SerializableString HEADERS_MS = name("headers_ms");
    private static final SerializableString FIRST_TOKEN_MS = name("first_token_ms");
    private static final SerializableString STREAM_MS = name("stream_ms");
    private static final SerializableString LONGEST_GAP_MS = name("longest_gap_ms");
    private static final SerializableString PROMPT_TOKENS = name("prompt_tokens");
    private static final SerializableString COMPLETION_TOKENS = name("completion_tokens");
    private static final SerializableString END_SUPPLIED = name("end_supplied");
    private static final SerializableString CAUSE = name("cause");
    private static final SerializableString LIMIT = name("limit");
    private static final SerializableString VALUE = name("value");
    private static final SerializableString SOURCE = name("source");
    private static final SerializableString ELAPSED_MS = name("elapsed_ms");
    private static final SerializableString REASON = name("reason");
    private static final SerializableString STATUS = name("status");
    private static final SerializableString EARLY_HEAD = name("early_head");
    private static final SerializableString ERROR_INSIDE_200 = name("error_inside_200");
    private static final SerializableString CHUNKS = name("chunks");
    private static final SerializableString BYTES = name("bytes");
    private static final SerializableString SKIPPED_EVENTS = name("skipped_events");
    private static final SerializableString KEY = name("key");
    private static final SerializableString USER_AGENT = name("user_agent");
    private static final SerializableString TAG = name("tag");
    private static final SerializableString TRACE = name("trace");
    private static final SerializableString TOTAL_MS = name("total_ms");
    private static final SerializableString LINES_DROPPED = name("lines_dropped_before");

    private final JsonGenerator line;
    private final char[] number = new char[LONGEST_NUMBER];
    private long lastSecond = Long.MIN_VALUE;
    private String lastSecondText = "";

    LineWriter(OutputStream out) throws IOException {
        line = new JsonFactory().createGenerator(out);
        line.setRootValueSeparator(null);
    }

    private static SerializableString name(String name) {
        SerializedString encoded = new SerializedString(name);
        encoded.asQuotedUTF8();
        return encoded;
    }

    /// Writes a line.
    ///
    /// @param lost how many lines were dropped since the last one
    void write(Entry entry, long lost) throws IOException {
        line.writeStartObject();
        text(TIME, time(entry.arrivedMillis()));
        text(EXCHANGE, entry.exchange());
        asked(entry.asked());
        attempts(entry);
        outcome(entry.outcome());
        told(entry.told());
        client(entry.client());
        millis(TOTAL_MS, entry.totalNanos());
        if (lost > 0) {
            number(LINES_DROPPED, lost);
        }
        line.writeEndObject();
        line.writeRaw('\n');
    }

    /// Hands all lines over to the stream.
    void flush() throws IOException {
        line.flush();
    }

    /// The moment in UTC; most lines share their second with the one before.
    private String time(long epochMillis) {
        long second = Math.floorDiv(epochMillis, MILLIS_PER_SECOND);
        if (second != lastSecond) {
            lastSecond = second;
            lastSecondText = Instant.ofEpochSecond(second).toString().replace("Z", ".");
        }
        long millis = Math.floorMod(epochMillis, MILLIS_PER_SECOND);
        return lastSecondText + (millis < 100 ? millis < 10 ? "00" : "0" : "") + millis + "Z";
    }

    private void asked(Entry.Asked asked) throws IOException {
        text(OPERATION, asked.operation());
        text(DIALECT, asked.dialect().key());
        text(ROUTE, asked.route());
        text(MODEL, asked.model());
        flag(STREAM, asked.streamed());
        if (asked.resend()) {
            flag(RESEND, true);
        }
        number(REQUEST_BYTES, asked.bytes());
    }

    private void attempts(Entry entry) throws IOException {
        if (entry.failedOver()) {
            flag(FAILED_OVER, true);
        }
        line.writeFieldName(ATTEMPTS);
        line.writeStartArray();
        for (int i = 0; i < entry.attempts().size(); i++) {
            line.writeStartObject();
            attempt(entry.attempts().get(i), entry.cause(i));
            line.writeEndObject();
        }
        line.writeEndArray();
    }

    private void attempt(Entry.Tried tried, Entry.Cause why) throws IOException {
        text(TARGET, tried.target());
        text(WHY, why.key());
        text(OUTCOME, tried.outcome().key());
        cause(tried.outcome());
        text(PHASE, tried.phase().key());
        waits(tried.waits());
        Entry.Answered answered = tried.answered();
        number(STATUS, answered.status());
        if (answered.model() != null) {
            text(MODEL, answered.model());
        }
        numberIfKnown(PROMPT_TOKENS, answered.promptTokens());
        numberIfKnown(COMPLETION_TOKENS, answered.completionTokens());
        number(BYTES, answered.bytes());
    }

    /// Why an attempt has no answer; for a limit its key, value and source.
    private void cause(Outcome outcome) throws IOException {
        String cause = outcome.cause();
        if (cause != null) {
            text(CAUSE, cause);
        }
        Expiry expiry = outcome.expiry();
        if (expiry != null) {
            limit(expiry);
        }
    }

    private void limit(Expiry expiry) throws IOException {
        text(LIMIT, expiry.limit());
        text(VALUE, expiry.value().toString());
        text(SOURCE, expiry.source());
    }

    private void waits(Waits waits) throws IOException {
        if (waits.queuedNanos() > 0) {
            millis(QUEUE_MS, waits.queuedNanos());
        }
        span(CONNECT_MS, waits.startNanos(), waits.usableNanos());
        span(HEADERS_MS, waits.usableNanos(), waits.headNanos());
        span(FIRST_TOKEN_MS, waits.usableNanos(), waits.firstTokenNanos());
        span(STREAM_MS, waits.firstTokenNanos(), waits.overNanos());
        millis(LONGEST_GAP_MS, waits.longestGapNanos());
    }

    private void outcome(Outcome outcome) throws IOException {
        text(OUTCOME, outcome.key());
        switch (outcome) {
            case Outcome.Completed(boolean repaired) -> flag(END_SUPPLIED, repaired);
            case Outcome.Failed(Failure failure) -> text(CAUSE, failure.cause());
            case Outcome.TimedOut _ -> {}
            case Outcome.Cancelled(CancelReason reason, _) -> text(REASON, reason.key());
        }
        Expiry expiry = outcome.expiry();
        if (expiry != null) {
            limit(expiry);
            text(PHASE, expiry.phase().key());
            millis(ELAPSED_MS, expiry.elapsedNanos());
        }
    }

    private void told(Entry.Told told) throws IOException {
        number(STATUS, told.status());
        flag(EARLY_HEAD, told.earlyHead());
        flag(ERROR_INSIDE_200, told.errorInside());
        number(CHUNKS, told.chunks());
        number(BYTES, told.bytes());
        if (told.skipped() > 0) {
            number(SKIPPED_EVENTS, told.skipped());
        }
    }

    private void client(Entry.Client client) throws IOException {
        text(KEY, client.key());
        text(USER_AGENT, client.userAgent());
        text(TAG, client.tag());
        if (client.trace() != null) {
            text(TRACE, client.trace().id());
        }
    }

    private void text(SerializableString name, @Nullable String text) throws IOException {
        line.writeFieldName(name);
        line.writeString(text); // null if it is
    }

    private void flag(SerializableString name, boolean flag) throws IOException {
        line.writeFieldName(name);
        line.writeBoolean(flag);
    }

    private void number(SerializableString name, long value) throws IOException {
        line.writeFieldName(name);
        line.writeNumber(value);
    }

    private void numberIfKnown(SerializableString name, long value) throws IOException {
        if (value >= 0) {
            number(name, value);
        }
    }

    private void span(SerializableString name, long from, long to) throws IOException {
        if (from == Deadline.NEVER || to == Deadline.NEVER) {
            line.writeFieldName(name);
            line.writeNull();
        } else {
            millis(name, to - from);
        }
    }

    /// Milliseconds with one decimal.
    private void millis(SerializableString name, long nanos) throws IOException {
        long tenths = Math.max(0, nanos + NANOS_PER_TENTH / 2) / NANOS_PER_TENTH;
        int at = number.length;
        number[--at] = digit(tenths % 10);
        number[--at] = '.';
        do {
            tenths /= 10;
            number[--at] = digit(tenths % 10);
        } while (tenths >= 10);
        line.writeFieldName(name);
        line.writeRawValue(number, at, number.length - at);
    }

    private static char digit(long value) {
        return (char) ('0' + value);
    }
}
