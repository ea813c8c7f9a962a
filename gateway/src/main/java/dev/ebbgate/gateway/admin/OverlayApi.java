package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.live.Steering;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.List;

/// All that operators changed, and reading the configuration again.
public final class OverlayApi {

    private final Steering steering;

    public OverlayApi(Steering steering) {
        this.steering = steering;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/overlay", _ -> overlay()),
                Endpoint.read(HttpMethod.POST, "/reload", _ -> reload()));
    }

    private Reply overlay() {
        Layered now = steering.now();
        JsonArray entries = new JsonArray();
        now.overlay().entries().forEach(entry -> entries.add(json(now, entry)));
        return Reply.of(
                new JsonObject()
                        .put("place", steering.place())
                        .put("revision", now.overlay().revision())
                        .put("entries", entries));
    }

    private static JsonObject json(Layered now, OverlayEntry entry) {
        String shown = Layered.shown(entry);
        return new JsonObject()
                .put("path", entry.key().path())
                .put("value", shown == null ? "inherit" : shown)
                .put("file", now.file(entry.key()))
                .put("in_force", now.fitting().contains(entry))
                .put("at", Instant.ofEpochMilli(entry.atMillis()).toString());
    }

    private Reply reload() throws Refusal {
        return switch (steering.reload("admin")) {
            case Steering.InForce(_, List<String> remarks) ->
                    Reply.of(
                            new JsonObject()
                                    .put("reloaded", true)
                                    .put("remarks", new JsonArray(List.copyOf(remarks))));
            case Steering.Refused(List<String> problems) ->
                    throw new Refusal(
                            422,
                            "the configuration was refused; the one before is in force",
                            problems);
            case Steering.Lost _ -> throw new Refusal(412, "it was changed in the meantime");
            case Steering.Unkept(String why) -> throw new Refusal(503, why);
        };
    }
}
