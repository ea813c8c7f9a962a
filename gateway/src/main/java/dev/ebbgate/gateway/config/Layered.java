package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;

import io.vertx.core.json.Json;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A configuration in force, with what of it stands in the file and what operators changed.
/// Immutable.
///
/// @param overlay all that is kept
/// @param fitting those of its entries that are in force
/// @param aside those that are not, as they no longer fit
public record Layered(
        Config config,
        List<Problem> warnings,
        Overlay overlay,
        List<OverlayEntry> fitting,
        List<Aside> aside,
        Written written) {

    /// In the place of what is shown to nobody.
    public static final String SECRET = "***";

    public Layered {
        fitting = List.copyOf(fitting);
        aside = List.copyOf(aside);
    }

    /// The same, with something else in force than what is written.
    public Layered adapted(UnaryOperator<Config> adaptation) {
        return new Layered(adaptation.apply(config), warnings, overlay, fitting, aside, written);
    }

    /// The same, with its warnings in other words.
    Layered warning(List<Problem> words) {
        return new Layered(config, words, overlay, fitting, aside, written);
    }

    /// The file's text, as it was parsed, and with the overlay on it.
    record Written(String text, Node file, Node whole) {}

    /// An entry that is kept and not in force.
    public record Aside(OverlayEntry entry, String problem) {
        @Override
        public String toString() {
            return "overlay: " + entry.key().path() + " is set aside: " + problem;
        }
    }

    /// A value of the file that the overlay hides.
    ///
    /// @param file the file's value, as it is shown
    /// @param instead what is in force in its place; null where that is inherited
    public record Hidden(OverlayKey key, String file, @Nullable String instead) {
        @Override
        public String toString() {
            String hidden = key.path() + ": the file's " + file + " is hidden by the overlay";
            if (key.isWhole()) {
                return hidden + ", as an operator deleted it";
            }
            return hidden + (instead == null ? ", which inherits it" : "'s " + instead);
        }
    }

    /// Every value of the file that is hidden.
    public List<Hidden> hidden() {
        List<Hidden> hidden = new ArrayList<>();
        for (OverlayEntry entry : fitting) {
            String file = file(entry.key());
            if (file != null) {
                hidden.add(new Hidden(entry.key(), file, shown(entry)));
            }
        }
        return hidden;
    }

    /// What an entry says, as it is shown; null where it hides the file's value.
    public static @Nullable String shown(OverlayEntry entry) {
        String value = entry.value();
        if (value == null) {
            return null;
        }
        return Layering.isSecret(entry.key()) ? SECRET : plain(Json.decodeValue(value));
    }

    /// What the file says, as it is shown; null if it says nothing.
    public @Nullable String file(OverlayKey key) {
        Node node = Graft.find(written.file, key);
        if (node == null) {
            return null;
        }
        return key.isWhole() || !Layering.isSecret(key) ? plain(masked(key, node)) : SECRET;
    }

    private static String plain(@Nullable Object value) {
        return value instanceof String text ? text : Json.encode(value);
    }

    /// The names of all routes, or providers, the hidden ones left out.
    public List<String> names(Section section) {
        return List.copyOf(
                (section == Section.ROUTES ? config.routes() : config.providers()).keySet());
    }

    /// Whether something is written there, in the file or by an operator.
    public boolean isWritten(OverlayKey key) {
        return Graft.find(written.whole, key) != null;
    }

    /// The names that the file has and an operator deleted.
    public List<String> deleted(Section section) {
        return fitting.stream()
                .filter(entry -> entry.value() == null && entry.key().isWhole())
                .filter(entry -> entry.key().section() == section)
                .map(entry -> entry.key().name())
                .toList();
    }

    /// Whether the file has it.
    public boolean isInFile(Section section, String name) {
        return Graft.find(written.file, new OverlayKey(section, name, "")) != null;
    }

    /// All that is written of a route or provider, file and overlay together, secrets left out;
    /// null if there is no such.
    public @Nullable Map<String, @Nullable Object> settings(Section section, String name) {
        OverlayKey key = new OverlayKey(section, name, "");
        Node node = Graft.find(written.whole, key);
        return node != null && masked(key, node) instanceof Map<?, ?> map ? typed(map) : null;
    }

    /// The keys that the file has below a route or provider, joined by dots, with their values.
    public Map<String, @Nullable Object> fileLeaves(Section section, String name) {
        OverlayKey key = new OverlayKey(section, name, "");
        return Plain.leaves(Plain.of(Graft.find(written.file, key)));
    }

    private static Map<String, @Nullable Object> typed(Map<?, ?> map) {
        Map<String, @Nullable Object> typed = new LinkedHashMap<>();
        map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        return typed;
    }

    private static @Nullable Object masked(OverlayKey whole, Node node) {
        Object plain = Plain.of(node);
        if (!whole.isWhole() || !(plain instanceof Map<?, ?> map)) {
            return plain;
        }
        Map<String, @Nullable Object> masked = new LinkedHashMap<>();
        typed(map)
                .forEach((key, value) -> {
                    boolean secret =
                            Layering.isSecret(new OverlayKey(whole.section(), whole.name(), key));
                    masked.put(key, secret && !isTold(key, value) ? SECRET : value);
                });
        return masked;
    }

    /// What stands in a key's place and is none.
    private static boolean isTold(String key, @Nullable Object value) {
        return (key.equals("api-key") && (value == null || "pass-through".equals(value)))
                || (key.equals("proxy") && "off".equals(value));
    }
}
