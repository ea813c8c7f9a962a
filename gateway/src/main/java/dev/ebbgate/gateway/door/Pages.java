package dev.ebbgate.gateway.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.resolve.RouteTable;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.loop.Counters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The gateway's own small answers: health, readiness and the list of models.
final class Pages {

    private static final JsonFactory JSON = new JsonFactory();

    private final Room room;
    private final Counters counters;
    private final RouteTable routes;
    private final List<String> models;

    Pages(Room room, Counters counters, Config config) {
        this.room = room;
        this.counters = counters;
        this.routes = new RouteTable(config);
        this.models = models(config);
    }

    /// What can be asked for: the routes in the order written, patterns as they stand, then what
    /// each provider has. Which models that is, only the provider could tell, and it is not asked.
    private static List<String> models(Config config) {
        List<String> models = new ArrayList<>(config.routes().keySet());
        config.providers().keySet().forEach(provider -> models.add(provider + "/*"));
        return List.copyOf(models);
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] bytes(Body body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail to be written to
        }
        return out.toByteArray();
    }

    byte[] health() {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("status", room.draining() ? "draining" : "up");
            json.writeNumberField("in_flight", room.exchanges());
            json.writeNumberField("exchanges", counters.exchanges());
            json.writeNumberField("errors_inside_200", counters.errorsInside200());
            json.writeNumberField("skipped_events", counters.skippedEvents());
            json.writeNumberField("buffered_bytes", room.bytes());
            json.writeEndObject();
        });
    }

    byte[] ready() {
        return bytes(json -> {
            json.writeStartObject();
            json.writeBooleanField("ready", !room.draining());
            json.writeEndObject();
        });
    }

    /// Whether it is listed, or covered by what is listed.
    boolean knows(String model) {
        return models.contains(model) || routes.find(model) instanceof RouteTable.Found;
    }

    byte[] openAiModels() {
        return bytes(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (String model : models) {
                openAiModel(json, model);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    byte[] openAiModel(String model) {
        return bytes(json -> openAiModel(json, model));
    }

    private static void openAiModel(JsonGenerator json, String model) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", model);
        json.writeStringField("object", "model");
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", "ebbgate");
        json.writeEndObject();
    }

    byte[] anthropicModels() {
        return bytes(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (String model : models) {
                anthropicModel(json, model);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", false);
            json.writeStringField("first_id", models.isEmpty() ? null : models.getFirst());
            json.writeStringField("last_id", models.isEmpty() ? null : models.getLast());
            json.writeEndObject();
        });
    }

    byte[] anthropicModel(String model) {
        return bytes(json -> anthropicModel(json, model));
    }

    private static void anthropicModel(JsonGenerator json, String model) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "model");
        json.writeStringField("id", model);
        json.writeStringField("display_name", model);
        json.writeStringField("created_at", "1970-01-01T00:00:00Z");
        json.writeEndObject();
    }
}
