package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.config.Leaves;
import dev.ebbgate.gateway.live.Steering;
import dev.ebbgate.gateway.live.Steering.Outcome;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// Routes, or providers: what is written of each, what is in force, and how to change it.
///
/// Whoever replaces or deletes something says which state of it he has seen (`If-Match`), so that
/// two operators cannot overwrite each other.
public final class EntryApi {

    private final Section section;
    private final Steering steering;
    private final String one;

    public EntryApi(Section section, Steering steering) {
        this.section = section;
        this.steering = steering;
        this.one = section == Section.ROUTES ? "route" : "provider";
    }

    public List<Endpoint> endpoints() {
        String all = "/" + section.key();
        String each = all + "/{name}";
        return List.of(
                Endpoint.get(all, _ -> list()),
                Endpoint.get(each, ask -> get(ask.name())),
                Endpoint.write(HttpMethod.PUT, each, this::put),
                Endpoint.write(HttpMethod.PATCH, each, this::patch),
                Endpoint.write(HttpMethod.DELETE, each, this::delete),
                Endpoint.write(HttpMethod.DELETE, "/overlay" + each, this::reset));
    }

    private Reply list() {
        Layered now = steering.now();
        JsonArray all = new JsonArray();
        now.names(section).forEach(name -> all.add(view(now, name).json()));
        return Reply.of(
                new JsonObject()
                        .put(section.key(), all)
                        .put("deleted", new JsonArray(now.deleted(section))));
    }

    private EntryView view(Layered now, String name) {
        return new EntryView(now, section, name);
    }

    private Reply get(String name) throws Refusal {
        return reply(steering.now(), name, List.of());
    }

    private Reply reply(Layered now, String name, List<String> remarks) throws Refusal {
        EntryView view = view(now, name);
        if (!view.exists()) {
            throw unknown(now, name);
        }
        JsonObject json = view.json();
        if (!remarks.isEmpty()) {
            json.put("remarks", new JsonArray(List.copyOf(remarks)));
        }
        return Reply.of(json).with("etag", view.tag());
    }

    private Refusal unknown(Layered now, String name) {
        String shown = name.replaceAll("\\p{Cntrl}", "?");
        String why =
                now.deleted(section).contains(name)
                        ? ": an operator deleted it; what the file has comes back with "
                                + said("DELETE /overlay/" + section.key() + "/{name}", "reset")
                        : "; all of them: " + said("GET /" + section.key(), "list");
        return new Refusal(404, "there is no " + one + " " + shown + why);
    }

    /// What to ask the API for, and the command that does so.
    private String said(String request, String command) {
        boolean has = section == Section.ROUTES || command.equals("list");
        return has ? request + " (ebbgate " + one + " " + command + ")" : request;
    }

    private Reply put(Ask ask) throws Refusal {
        if (!isName(ask.name())) {
            throw new Refusal(400, "a name is not blank and has no control characters");
        }
        Map<String, @Nullable Object> leaves = leaves(ask);
        requireKnownSecrets(ask.name(), leaves);
        requireMatch(ask);
        return changed(
                ask,
                now -> isUnseen(ask, now) ? null : Rewriting.put(now, section, ask.name(), leaves));
    }

    private Reply patch(Ask ask) throws Refusal {
        Map<String, @Nullable Object> leaves = leaves(ask);
        if (leaves.isEmpty()) {
            throw new Refusal(400, "nothing is named that could be changed");
        }
        if (!view(steering.now(), ask.name()).exists()) {
            throw unknown(steering.now(), ask.name());
        }
        requireKnownSecrets(ask.name(), leaves);
        return changed(ask, now -> Rewriting.patch(now, section, ask.name(), leaves));
    }

    private Reply delete(Ask ask) throws Refusal {
        if (!view(steering.now(), ask.name()).exists()) {
            throw unknown(steering.now(), ask.name());
        }
        requireMatch(ask);
        return gone(
                ask, now -> isUnseen(ask, now) ? null : Rewriting.delete(now, section, ask.name()));
    }

    private Reply reset(Ask ask) throws Refusal {
        if (steering.now().overlay().of(section, ask.name()).findAny().isEmpty()) {
            throw new Refusal(404, "nothing was changed there; there is nothing to drop");
        }
        return gone(ask, now -> now.overlay().without(e -> e.key().isOf(section, ask.name())));
    }

    /// What is written in the body, by keys joined with dots.
    private static Map<String, @Nullable Object> leaves(Ask ask) throws Refusal {
        try {
            return Leaves.of(ask.text());
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "the body: " + e.getMessage());
        }
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
    }

    /// What stands for a secret stands for the one that is there.
    private void requireKnownSecrets(String name, Map<String, @Nullable Object> leaves)
            throws Refusal {
        for (Map.Entry<String, @Nullable Object> leaf : leaves.entrySet()) {
            OverlayKey key = new OverlayKey(section, name, leaf.getKey());
            if (Layered.SECRET.equals(leaf.getValue()) && !steering.now().isWritten(key)) {
                throw new Refusal(
                        422,
                        leaf.getKey()
                                + ": *** stands for a secret that is not shown, and there is none;"
                                + " write it, or a ${VARIABLE}");
            }
        }
    }

    private void requireMatch(Ask ask) throws Refusal {
        if (isUnseen(ask, steering.now())) {
            throw new Refusal(
                    428,
                    "send If-Match with the ETag of GET, or If-Match: * to overwrite anything");
        }
    }

    /// Whether it is there and whoever asks does not say which state of it he has seen. Another
    /// gateway may have made it a moment ago.
    private boolean isUnseen(Ask ask, Layered now) {
        return ask.header("if-match") == null
                && ask.header("if-none-match") == null
                && view(now, ask.name()).exists();
    }

    /// Whether it is as whoever asks has seen it.
    private boolean matches(Ask ask, Layered now) {
        EntryView view = view(now, ask.name());
        String match = ask.header("if-match");
        String none = ask.header("if-none-match");
        boolean seen = match == null || (view.exists() && isOneOf(match, view));
        return seen && (none == null || !view.exists());
    }

    private static boolean isOneOf(String match, EntryView view) {
        return match.strip().equals("*") || match.contains(view.tag());
    }

    private Reply changed(Ask ask, Steering.Change change) throws Refusal {
        Steering.InForce done = carryOut(ask, change);
        return reply(done.layered(), ask.name(), done.remarks());
    }

    private Reply gone(Ask ask, Steering.Change change) throws Refusal {
        Steering.InForce done = carryOut(ask, change);
        return view(done.layered(), ask.name()).exists()
                ? reply(done.layered(), ask.name(), done.remarks())
                : Reply.of(
                        new JsonObject()
                                .put("deleted", ask.name())
                                .put("remarks", new JsonArray(List.copyOf(done.remarks()))));
    }

    private Steering.InForce carryOut(Ask ask, Steering.Change change) throws Refusal {
        Outcome outcome = steering.change(now -> matches(ask, now) ? change.on(now) : null);
        return switch (outcome) {
            case Steering.InForce done -> done;
            case Steering.Refused(List<String> problems) ->
                    throw new Refusal(422, "this cannot be; nothing was changed", problems);
            case Steering.Lost _ ->
                    throw new Refusal(
                            412,
                            "somebody has changed it in the meantime; GET it again and decide");
            case Steering.Unkept(String why) -> throw new Refusal(503, why);
        };
    }

    /// An entry of the overlay, now.
    static OverlayEntry entry(OverlayKey key, @Nullable String value) {
        return new OverlayEntry(key, value, System.currentTimeMillis());
    }

    static Overlay with(Overlay overlay, OverlayKey key, @Nullable String value) {
        return overlay.with(entry(key, value));
    }
}
