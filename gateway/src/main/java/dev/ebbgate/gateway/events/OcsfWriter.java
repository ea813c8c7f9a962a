package dev.ebbgate.gateway.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Administered;
import dev.ebbgate.core.event.Event.BreakerMoved;
import dev.ebbgate.core.event.Event.Configured;
import dev.ebbgate.core.event.Event.KeyRests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes events as JSON objects of one line each: the fields that their OCSF class asks for, and
/// under `unmapped` what the schema has no field for. Thread-safe.
final class OcsfWriter {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int DEVICE_OTHER = 99;

    private final String productVersion;
    private final String host;

    /// @param productVersion this program's
    /// @param host the name of the machine it runs on
    OcsfWriter(String productVersion, String host) {
        this.productVersion = productVersion;
        this.host = host;
    }

    /// The event as UTF-8, with the end of its line.
    byte[] line(Happened happened) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            classification(json, happened, Ocsf.of(happened.event()));
            metadata(json, happened);
            subject(json, happened.event());
            json.writeObjectFieldStart("unmapped");
            Unmapped.write(json, happened.event());
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail to be written to
        }
        return out.toByteArray();
    }

    private static void classification(JsonGenerator json, Happened happened, Ocsf ocsf)
            throws IOException {
        json.writeNumberField("class_uid", ocsf.category().classUid);
        json.writeStringField("class_name", ocsf.category().className);
        json.writeNumberField("category_uid", ocsf.category().categoryUid());
        json.writeStringField("category_name", ocsf.category().categoryName);
        json.writeNumberField("activity_id", ocsf.activity());
        json.writeStringField("activity_name", ocsf.name());
        json.writeNumberField("type_uid", ocsf.typeUid());
        json.writeNumberField("severity_id", ocsf.severity().id);
        json.writeStringField("severity", ocsf.severity().caption);
        json.writeNumberField("status_id", ocsf.succeeded() ? 1 : 2);
        json.writeStringField("status", ocsf.succeeded() ? "Success" : "Failure");
        json.writeNumberField("time", happened.atMillis());
        json.writeStringField("message", happened.event().message());
    }

    private void metadata(JsonGenerator json, Happened happened) throws IOException {
        json.writeObjectFieldStart("metadata");
        json.writeStringField("version", Ocsf.VERSION);
        json.writeStringField("uid", happened.uid());
        json.writeStringField("event_code", Unmapped.kind(happened.event()));
        json.writeObjectFieldStart("product");
        json.writeStringField("name", "Ebbgate");
        json.writeStringField("vendor_name", "Ebbgate");
        json.writeStringField("version", productVersion);
        json.writeEndObject();
        json.writeEndObject();
    }

    /// What the class requires: an endpoint, an API with its actor, or a device.
    private void subject(JsonGenerator json, Event event) throws IOException {
        switch (event) {
            case Event.LimitFired fired ->
                    endpoint(
                            json,
                            "dst_endpoint",
                            fired.target() == null ? "ebbgate" : fired.target());
            case Event.FailedOver over -> endpoint(json, "dst_endpoint", over.from());
            case Event.Slower slower -> endpoint(json, "dst_endpoint", slower.target());
            case Event.CliffNear near -> endpoint(json, "dst_endpoint", near.tail().route());
            case Event.CliffQuiet quiet -> endpoint(json, "dst_endpoint", quiet.tail().route());
            case BreakerMoved moved -> api(json, "breaker " + state(moved), moved.target());
            case KeyRests rests -> api(json, "key rests", rests.provider());
            case Administered act -> {
                operation(json, act.what());
                actor(json, "operator");
                json.writeObjectFieldStart("src_endpoint");
                json.writeStringField("ip", act.from());
                json.writeEndObject();
            }
            case Configured configured -> device(json, configured);
            case Event.Lost _ -> {}
        }
    }

    private static String state(BreakerMoved moved) {
        return switch (moved.to()) {
            case OPEN -> "opened";
            case HALF_OPEN -> "half-open";
            case CLOSED -> "closed";
        };
    }

    private static void endpoint(JsonGenerator json, String field, String name) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("svc_name", name);
        json.writeEndObject();
    }

    private void api(JsonGenerator json, String operation, String service) throws IOException {
        operation(json, operation);
        actor(json, "ebbgate");
        json.writeObjectFieldStart("src_endpoint");
        json.writeStringField("hostname", host);
        json.writeEndObject();
        endpoint(json, "dst_endpoint", service);
    }

    private static void operation(JsonGenerator json, String operation) throws IOException {
        json.writeObjectFieldStart("api");
        json.writeStringField("operation", operation);
        json.writeEndObject();
    }

    private static void actor(JsonGenerator json, String name) throws IOException {
        json.writeObjectFieldStart("actor");
        json.writeStringField("app_name", name);
        json.writeEndObject();
    }

    private void device(JsonGenerator json, Configured configured) throws IOException {
        json.writeObjectFieldStart("device");
        json.writeStringField("hostname", host);
        json.writeNumberField("type_id", DEVICE_OTHER);
        json.writeStringField("type", "LLM gateway");
        json.writeEndObject();
        actor(json, configured.by());
    }
}
