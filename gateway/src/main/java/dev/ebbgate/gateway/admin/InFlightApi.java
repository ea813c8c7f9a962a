package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.loop.InFlight;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What is in flight, and how to end it.
public final class InFlightApi {

    private static final int MOST = 100_000;
    private static final int SHOWN = 1_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Gateway gateway;

    public InFlightApi(Gateway gateway) {
        this.gateway = gateway;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/health", _ -> health()),
                Endpoint.get("/in-flight", this::list),
                Endpoint.read(HttpMethod.DELETE, "/in-flight/{name}", this::cancel));
    }

    private Reply health() {
        JsonArray targets = new JsonArray();
        long now = System.nanoTime();
        gateway.bulletins()
                .forEach(bulletin ->
                        targets.add(
                                new JsonObject()
                                        .put("target", bulletin.target())
                                        .put("breaker", key(bulletin.condition().name()))
                                        .put(
                                                "cools_ms",
                                                Math.max(0, millis(bulletin.untilNanos() - now)))
                                        .put("in_flight", bulletin.inFlight())
                                        .put("waiting", bulletin.waiting())));
        return Reply.of(
                new JsonObject()
                        .put("status", gateway.room().draining() ? "draining" : "up")
                        .put("in_flight", gateway.room().exchanges())
                        .put("exchanges", gateway.counters().exchanges())
                        .put("errors_inside_200", gateway.counters().errorsInside200())
                        .put("skipped_events", gateway.counters().skippedEvents())
                        .put("buffered_bytes", gateway.room().bytes())
                        .put("targets", targets));
    }

    private static String key(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Reply list(Ask ask) throws Refusal {
        int most = ask.count("limit", 1, MOST, SHOWN);
        List<InFlight> all = Patience.await(gateway.underWay());
        JsonArray shown = new JsonArray();
        all.stream()
                .sorted(Comparator.comparingLong(InFlight::leftNanos))
                .limit(most)
                .forEach(exchange -> shown.add(json(exchange)));
        return Reply.of(new JsonObject().put("in_flight", all.size()).put("exchanges", shown));
    }

    private Reply cancel(Ask ask) throws Refusal {
        if (!Patience.await(gateway.cancel(ask.name()))) {
            throw new Refusal(404, "no exchange of that id is in flight; GET /in-flight lists all");
        }
        return Reply.of(new JsonObject().put("cancelled", ask.name()));
    }

    private static JsonObject json(InFlight exchange) {
        Entry.Asked asked = exchange.asked();
        Entry.Client client = exchange.client();
        InFlight.At at = exchange.at();
        return new JsonObject()
                .put("id", exchange.exchange())
                .put("operation", asked.operation())
                .put("route", asked.route())
                .put("model", asked.model())
                .put("stream", asked.streamed())
                .put("target", at.target())
                .put("attempt", at.position().attempt())
                .put("target_number", at.position().target() + 1)
                .put("targets", at.targets())
                .put("phase", at.position().phase().key())
                .put("state", at.state())
                .put("committed", at.committed())
                .put("chunks", at.chunks())
                .put("bytes", at.bytes())
                .put("age_ms", millis(exchange.ageNanos()))
                .put("next_limit", json(exchange.next(), exchange.leftNanos()))
                .put("key", client.key())
                .put("user_agent", client.userAgent())
                .put("tag", client.tag());
    }

    private static @Nullable JsonObject json(@Nullable NextLimit next, long leftNanos) {
        return next == null
                ? null
                : new JsonObject()
                        .put("limit", next.key())
                        .put("value", next.value().toString())
                        .put("source", next.source())
                        .put("in_ms", millis(leftNanos));
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 10) / 10.0;
    }
}
