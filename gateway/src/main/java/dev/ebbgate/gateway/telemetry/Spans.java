package dev.ebbgate.gateway.telemetry;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Waits;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Entry.Tried;
import dev.ebbgate.core.ledger.Trace;
import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.gateway.metrics.ErrorType;
import dev.ebbgate.gateway.metrics.Names;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Makes the spans of an exchange from its entry: one for the whole, as a server's, and below it
/// one for each attempt, as a client's.
///
/// @param resource what the gateway says of itself
record Spans(Resource resource) {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    /// All spans of an exchange, its own first.
    ///
    /// @param config by which addresses of providers are found
    List<SpanData> of(Entry entry, Trace trace, Config config) {
        List<SpanData> spans = new ArrayList<>();
        spans.add(exchange(entry, trace));
        for (int i = 0; i < entry.attempts().size(); i++) {
            spans.add(attempt(entry, i, trace, config));
        }
        return spans;
    }

    private SpanData exchange(Entry entry, Trace trace) {
        long from = entry.arrivedMillis() * NANOS_PER_MILLI;
        long to = from + entry.totalNanos();
        Entry.Asked asked = entry.asked();
        AttributesBuilder attributes = Attributes.builder();
        about(attributes, entry, entry.outcome());
        attributes
                .put(Names.REQUEST_MODEL, asked.model())
                .put("ebbgate.exchange", entry.exchange())
                .put("url.path", asked.operation())
                .put("http.request.method", "POST")
                .put("http.response.status_code", entry.told().status())
                .put("ebbgate.attempts", entry.attempts().size())
                .put("ebbgate.error_inside", entry.told().errorInside());
        putIfAny(attributes, "ebbgate.route", asked.route());
        putIfAny(attributes, "ebbgate.tag", entry.client().tag());
        putIfAny(attributes, "user_agent.original", entry.client().userAgent());
        List<EventData> events = new ArrayList<>();
        Tried last = entry.attempts().isEmpty() ? null : entry.attempts().getLast();
        if (last != null) {
            answered(attributes, last.answered());
        }
        if (entry.isOutcomeOwn()) {
            fired(events, entry.outcome(), to);
        }
        return new ToldSpan(
                Names.operation(asked.operation()) + " " + asked.model(),
                SpanKind.SERVER,
                new ToldSpan.Place(
                        context(trace, trace.spanId()),
                        trace.parent() == null
                                ? SpanContext.getInvalid()
                                : remote(trace, trace.parent())),
                new ToldSpan.Moments(from, to),
                status(entry.outcome()),
                attributes.build(),
                events,
                resource);
    }

    private SpanData attempt(Entry entry, int index, Trace trace, Config config) {
        Tried tried = entry.attempts().get(index);
        Waits waits = tried.waits();
        long arrived = entry.arrivedMillis() * NANOS_PER_MILLI;
        long over = waits.overNanos() == Deadline.NEVER ? entry.totalNanos() : waits.overNanos();
        int slash = tried.target().indexOf('/');
        String model = tried.target().substring(slash + 1);
        AttributesBuilder attributes = Attributes.builder();
        about(attributes, entry, tried.outcome());
        attributes
                .put(Names.REQUEST_MODEL, model)
                .put(Names.TARGET, tried.target())
                .put(Names.CAUSE, entry.cause(index).key())
                .put("ebbgate.attempt", index + 1)
                .put("ebbgate.phase", tried.phase().key());
        if (waits.queuedNanos() > 0) {
            attributes.put("ebbgate.queued", waits.queuedNanos() / 1e9);
        }
        if (tried.answered().status() != 0) {
            attributes.put("http.response.status_code", tried.answered().status());
        }
        answered(attributes, tried.answered());
        address(
                attributes,
                config.providers().get(tried.target().substring(0, Math.max(0, slash))));
        List<EventData> events = new ArrayList<>();
        happened(events, "connected", arrived, waits.usableNanos());
        happened(events, "head", arrived, waits.headNanos());
        happened(events, "first-token", arrived, waits.firstTokenNanos());
        fired(events, tried.outcome(), arrived + over);
        return new ToldSpan(
                Names.operation(entry.asked().operation()) + " " + model,
                SpanKind.CLIENT,
                new ToldSpan.Place(
                        context(trace, trace.spanId(index + 1)), context(trace, trace.spanId())),
                new ToldSpan.Moments(arrived + waits.startNanos(), arrived + over),
                status(tried.outcome()),
                attributes.build(),
                events,
                resource);
    }

    private static void about(AttributesBuilder attributes, Entry entry, Outcome outcome) {
        attributes
                .put(Names.OPERATION, Names.operation(entry.asked().operation()))
                .put(Names.PROVIDER, entry.asked().dialect().key())
                .put(Names.STREAMED, entry.asked().streamed())
                .put("ebbgate.outcome", outcome.key());
        String error = ErrorType.of(outcome);
        if (!error.isEmpty()) {
            attributes.put(Names.ERROR, error);
        }
    }

    private static void answered(AttributesBuilder attributes, Entry.Answered answered) {
        putIfAny(attributes, "gen_ai.response.model", answered.model());
        if (answered.promptTokens() >= 0) {
            attributes.put("gen_ai.usage.input_tokens", answered.promptTokens());
        }
        if (answered.completionTokens() >= 0) {
            attributes.put("gen_ai.usage.output_tokens", answered.completionTokens());
        }
    }

    private static void address(AttributesBuilder attributes, @Nullable Provider provider) {
        if (provider != null) {
            BaseUrl url = provider.upstream().baseUrl();
            attributes.put("server.address", url.host()).put("server.port", url.port());
        }
    }

    private static void happened(List<EventData> events, String what, long arrived, long at) {
        if (at != Deadline.NEVER) {
            events.add(EventData.create(arrived + at, what, Attributes.empty()));
        }
    }

    /// A limit that ran out, in the words that errors and the ledger use.
    private static void fired(List<EventData> events, Outcome outcome, long at) {
        Expiry expiry = outcome.expiry();
        if (expiry != null) {
            Attributes limit =
                    Attributes.builder()
                            .put("ebbgate.limit", expiry.limit())
                            .put("ebbgate.limit.value", expiry.value().toString())
                            .put("ebbgate.limit.source", expiry.source())
                            .put("ebbgate.limit.phase", expiry.phase().key())
                            .put("ebbgate.limit.elapsed", expiry.elapsedNanos() / 1e9)
                            .build();
            events.add(EventData.create(at, "limit-fired", limit));
        }
    }

    /// Who was called off has not failed.
    private static StatusData status(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Completed _, Outcome.Cancelled _ -> StatusData.unset();
            case Outcome.Failed _, Outcome.TimedOut _ -> StatusData.error();
        };
    }

    private static void putIfAny(
            AttributesBuilder attributes, String name, @Nullable String value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private static SpanContext context(Trace trace, String span) {
        return SpanContext.create(trace.id(), span, flags(trace), TraceState.getDefault());
    }

    private static SpanContext remote(Trace trace, String span) {
        return SpanContext.createFromRemoteParent(
                trace.id(), span, flags(trace), TraceState.getDefault());
    }

    private static TraceFlags flags(Trace trace) {
        return TraceFlags.fromByte((byte) trace.flags());
    }
}
