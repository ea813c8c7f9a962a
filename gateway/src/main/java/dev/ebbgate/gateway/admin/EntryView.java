package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.Route;
import dev.ebbgate.core.config.TargetRef;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.core.resolve.Level;
import dev.ebbgate.core.resolve.Resolver;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.config.Layered;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;

/// A route or a provider as operators see it: what is written, what of it they changed, and what is
/// in force, each value with its source.
final class EntryView {

    private static final int TAG_DIGITS = 16;

    private final Layered now;
    private final Section section;
    private final String name;

    EntryView(Layered now, Section section, String name) {
        this.now = now;
        this.section = section;
        this.name = name;
    }

    boolean exists() {
        return now.names(section).contains(name);
    }

    /// Changes whenever what it stands for changes.
    String tag() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(secretly().encode().getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(hash).substring(0, TAG_DIGITS) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /// A key that is replaced by another is a change that nobody can see.
    private JsonObject secretly() {
        JsonArray values = new JsonArray();
        now.overlay()
                .of(section, name)
                .forEach(entry -> values.add(entry.key().key() + "=" + entry.value()));
        return json().put("values", values);
    }

    JsonObject json() {
        Map<String, @Nullable Object> settings = now.settings(section, name);
        JsonObject json =
                new JsonObject()
                        .put("name", name)
                        .put("in_file", now.isInFile(section, name))
                        .put("settings", settings == null ? null : new JsonObject(settings))
                        .put("overlay", overlay());
        Config config = now.config();
        if (section == Section.ROUTES) {
            Route route = config.routes().get(name);
            json.put("in_force", route == null ? new JsonArray() : inForce(config, route));
        } else {
            Provider provider = config.providers().get(name);
            json.put(
                    "in_force",
                    provider == null
                            ? new JsonArray()
                            : new JsonArray().add(inForce(config, provider, null, null)));
        }
        return json;
    }

    /// What operators changed, and what the file has in its place.
    private JsonArray overlay() {
        JsonArray entries = new JsonArray();
        now.overlay()
                .of(section, name)
                .forEach(entry ->
                        entries.add(
                                new JsonObject()
                                        .put("key", entry.key().key())
                                        .put("value", shown(entry))
                                        .put("file", now.file(entry.key()))
                                        .put("in_force", now.fitting().contains(entry))
                                        .put(
                                                "at",
                                                Instant.ofEpochMilli(entry.atMillis())
                                                        .toString())));
        return entries;
    }

    private static String shown(OverlayEntry entry) {
        String shown = Layered.shown(entry);
        return shown == null ? "inherit" : shown;
    }

    private static JsonArray inForce(Config config, Route route) {
        JsonArray all = new JsonArray();
        for (TargetRef target : route.targets()) {
            Provider provider = Objects.requireNonNull(config.providers().get(target.provider()));
            all.add(inForce(config, provider, route, target));
        }
        return all;
    }

    private static JsonObject inForce(
            Config config, Provider provider, @Nullable Route route, @Nullable TargetRef target) {
        var levels = Level.all(config, provider, route);
        Timeouts timeouts = Resolver.timeouts(levels);
        KeepAlive keepAlive = Resolver.keepAlive(levels);
        JsonObject limits = new JsonObject();
        for (Limit limit : Limit.values()) {
            ResolvedLimit resolved = timeouts.get(limit);
            limits.put(limit.key(), value(resolved.value(), resolved.source()));
        }
        limits.put("keep-alive.after", value(keepAlive.after()));
        limits.put("keep-alive.every", value(keepAlive.every()));
        return new JsonObject()
                .put("target", target == null ? provider.name() + "/*" : target.toString())
                .put("dialect", provider.dialect().key())
                .put("base_url", provider.upstream().baseUrl().toString())
                .put("limits", limits);
    }

    private static JsonObject value(Sourced<Span> value) {
        return value(value.value(), value.source());
    }

    private static JsonObject value(Span value, String source) {
        return new JsonObject().put("value", value.toString()).put("source", source);
    }
}
