package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.gateway.config.Layered;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;

/// What becomes of the overlay when a route or provider is replaced, changed or deleted.
final class Rewriting {

    private static final String INHERIT = "inherit";

    /// What has no keys has an entry all the same: it is checked like the file, which says what is
    /// missing.
    private static final String NOTHING_WRITTEN = "{}";

    private Rewriting() {}

    /// It has these keys and no others: what the file has besides is hidden.
    static Overlay put(
            Layered now, Section section, String name, Map<String, @Nullable Object> leaves) {
        Map<String, @Nullable Object> file = now.fileLeaves(section, name);
        Overlay next = now.overlay().without(entry -> entry.key().isOf(section, name));
        for (Map.Entry<String, @Nullable Object> leaf : leaves.entrySet()) {
            String key = leaf.getKey();
            Object value = leaf.getValue();
            if (Layered.SECRET.equals(value)) {
                next = kept(now.overlay(), next, new OverlayKey(section, name, key));
            } else if (isWritten(value)
                    && !(file.containsKey(key) && Objects.equals(file.get(key), value))) {
                next = EntryApi.with(next, new OverlayKey(section, name, key), Json.encode(value));
            }
        }
        for (String key : file.keySet()) {
            if (!isWritten(leaves.get(key)) && !isUnder(key, leaves)) {
                next = EntryApi.with(next, new OverlayKey(section, name, key), null);
            }
        }
        boolean isSomewhere =
                now.isInFile(section, name) || next.of(section, name).findAny().isPresent();
        return isSomewhere
                ? next
                : EntryApi.with(next, new OverlayKey(section, name, ""), NOTHING_WRITTEN);
    }

    /// The new overlay with what the old one says there: it was shown as a secret, and comes back.
    private static Overlay kept(Overlay old, Overlay next, OverlayKey key) {
        Overlay with = next;
        for (OverlayEntry entry : old.of(key.section(), key.name()).toList()) {
            if (entry.key().overlaps(key)) {
                with = with.with(entry);
            }
        }
        return with;
    }

    /// Whether the file's key lies within, or around, one that is replaced.
    private static boolean isUnder(String key, Map<String, @Nullable Object> leaves) {
        return leaves.keySet().stream()
                .anyMatch(leaf -> key.startsWith(leaf + ".") || leaf.startsWith(key + "."));
    }

    /// Only these keys change; what is null or `inherit` is taken for absent from now on.
    static Overlay patch(
            Layered now, Section section, String name, Map<String, @Nullable Object> leaves) {
        Map<String, @Nullable Object> file = now.fileLeaves(section, name);
        Overlay next = now.overlay();
        for (Map.Entry<String, @Nullable Object> leaf : leaves.entrySet()) {
            OverlayKey key = new OverlayKey(section, name, leaf.getKey());
            Object value = leaf.getValue();
            if (Layered.SECRET.equals(value)) {
                continue; // as it is
            }
            if (isWritten(value)) {
                next = EntryApi.with(next, key, Json.encode(value));
            } else if (file.containsKey(leaf.getKey())) {
                next = EntryApi.with(next, key, null);
            } else {
                next = next.without(entry -> entry.key().overlaps(key));
            }
        }
        return next;
    }

    private static boolean isWritten(@Nullable Object value) {
        return value != null && !value.equals(INHERIT);
    }

    /// It is gone, also where the file has it.
    static Overlay delete(Layered now, Section section, String name) {
        Overlay next = now.overlay().without(entry -> entry.key().isOf(section, name));
        return now.isInFile(section, name)
                ? EntryApi.with(next, new OverlayKey(section, name, ""), null)
                : next;
    }
}
