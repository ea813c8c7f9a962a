package dev.ebbgate.gateway.events;

import com.fasterxml.jackson.core.JsonGenerator;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Administered;
import dev.ebbgate.core.event.Event.BreakerMoved;
import dev.ebbgate.core.event.Event.CliffNear;
import dev.ebbgate.core.event.Event.CliffQuiet;
import dev.ebbgate.core.event.Event.Configured;
import dev.ebbgate.core.event.Event.FailedOver;
import dev.ebbgate.core.event.Event.KeyRests;
import dev.ebbgate.core.event.Event.LimitFired;
import dev.ebbgate.core.event.Event.Lost;
import dev.ebbgate.core.event.Event.Slower;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Span;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Locale;

/// The fields of events for which OCSF has no name: the limit that fired, its value and its source
/// among them. Their names are those of the exchange lines.
final class Unmapped {

    private Unmapped() {}

    /// What it is, in two or three words; for programs that wait for one kind.
    static String kind(Event event) {
        return switch (event) {
            case LimitFired fired -> fired.truncated() ? "stream-truncated" : "limit-fired";
            case FailedOver _ -> "failed-over";
            case Slower _ -> "slower-than-expected";
            case BreakerMoved moved -> "breaker-" + lower(moved.to());
            case KeyRests _ -> "key-rests";
            case CliffNear _ -> "cliff-near";
            case CliffQuiet _ -> "cliff-quiet";
            case Configured configured -> "configuration-" + lower(configured.how());
            case Administered _ -> "administered";
            case Lost _ -> "lost";
        };
    }

    static void write(JsonGenerator json, Event event) throws IOException {
        switch (event) {
            case LimitFired fired -> limit(json, fired);
            case FailedOver over -> {
                origin(json, over.origin());
                json.writeStringField("from", over.from());
                json.writeStringField("cause", over.cause());
                json.writeStringField("to", over.to());
            }
            case Slower slower -> slower(json, slower);
            case BreakerMoved moved -> {
                json.writeStringField("target", moved.target());
                json.writeStringField("breaker", lower(moved.to()));
                span(json, "cooldown", moved.cooldown());
            }
            case KeyRests rests -> {
                json.writeStringField("provider", rests.provider());
                json.writeNumberField("key", rests.key());
                json.writeStringField("cause", rests.refused() ? "refused" : "rate-limited");
                span(json, "rest", rests.rest());
            }
            case CliffNear near -> {
                tail(json, near.tail());
                json.writeStringField("sign", lower(near.why()));
            }
            case CliffQuiet quiet -> tail(json, quiet.tail());
            case Configured configured -> {
                json.writeStringField("by", configured.by());
                json.writeArrayFieldStart("details");
                for (String detail : configured.details()) {
                    json.writeString(detail);
                }
                json.writeEndArray();
            }
            case Administered act -> {
                json.writeStringField("what", act.what());
                json.writeStringField("refusal", act.refusal());
            }
            case Lost lost -> {
                json.writeStringField("what", lost.what());
                json.writeNumberField("count", lost.count());
                json.writeStringField("why", lost.why());
            }
        }
    }

    private static void limit(JsonGenerator json, LimitFired event) throws IOException {
        Expiry expiry = event.expiry();
        origin(json, event.origin());
        json.writeStringField("target", event.target());
        json.writeBooleanField("truncated", event.truncated());
        json.writeStringField("limit", expiry.limit());
        json.writeStringField("value", expiry.value().toString());
        json.writeNumberField("value_ms", expiry.value().millis());
        json.writeStringField("source", expiry.source());
        json.writeStringField("phase", expiry.phase().key());
        json.writeNumberField("elapsed_ms", expiry.elapsedNanos() / 1_000_000);
    }

    private static void slower(JsonGenerator json, Slower slower) throws IOException {
        origin(json, slower.origin());
        json.writeStringField("target", slower.target());
        json.writeNumberField("prompt_tokens", slower.promptTokens());
        json.writeNumberField("first_token_ms", slower.firstToken().millis());
        json.writeNumberField("expected_ms", slower.expected().millis());
        json.writeNumberField("slow_before", slower.slowBefore());
    }

    private static void tail(JsonGenerator json, Event.Tail tail) throws IOException {
        json.writeStringField("route", tail.route());
        span(json, "consumer_cancels_after", tail.cliff());
        json.writeNumberField("calls", tail.calls());
        json.writeNumberField("p99_percent", tail.p99Percent());
        json.writeNumberField("max_percent", tail.maxPercent());
        span(json, "crosses_in", tail.crossesIn());
    }

    private static void origin(JsonGenerator json, Event.Origin origin) throws IOException {
        json.writeStringField("exchange", origin.exchange());
        json.writeStringField("route", origin.route());
        json.writeStringField("tag", origin.tag());
    }

    private static void span(JsonGenerator json, String name, @Nullable Span span)
            throws IOException {
        json.writeStringField(name, span == null ? null : span.toString());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
