package dev.ebbgate.gateway.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;

import java.util.List;

/// A span that is over when it is first told of.
record ToldSpan(
        String name,
        SpanKind kind,
        Place place,
        Moments moments,
        StatusData status,
        Attributes attributes,
        List<EventData> events,
        Resource resource)
        implements SpanData {

    private static final InstrumentationScopeInfo SCOPE =
            InstrumentationScopeInfo.create("ebbgate");

    /// Which span it is, and whose child.
    record Place(SpanContext own, SpanContext parent) {}

    /// In nanoseconds since 1970 UTC.
    record Moments(long from, long to) {}

    @Override
    public String getName() {
        return name;
    }

    @Override
    public SpanKind getKind() {
        return kind;
    }

    @Override
    public SpanContext getSpanContext() {
        return place.own();
    }

    @Override
    public SpanContext getParentSpanContext() {
        return place.parent();
    }

    @Override
    public StatusData getStatus() {
        return status;
    }

    @Override
    public long getStartEpochNanos() {
        return moments.from();
    }

    @Override
    public long getEndEpochNanos() {
        return moments.to();
    }

    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    @Override
    public List<EventData> getEvents() {
        return events;
    }

    @Override
    public int getTotalRecordedEvents() {
        return events.size();
    }

    @Override
    public List<LinkData> getLinks() {
        return List.of();
    }

    @Override
    public int getTotalRecordedLinks() {
        return 0;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    @SuppressWarnings("deprecation") // the interface still asks for it
    public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
        return InstrumentationLibraryInfo.empty();
    }

    @Override
    public Resource getResource() {
        return resource;
    }
}
