package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.core.overlay.OverlayKey.Section;
import dev.ebbgate.gateway.config.ConfigLoader.Loaded;
import dev.ebbgate.gateway.config.ConfigLoader.Refused;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the file and what operators changed while the gateway ran as one configuration. An entry
/// that no longer fits is set aside and said; it never makes a good file unusable.
public final class Layering {

    private final String name;
    private final String text;
    private final Map<String, String> environment;
    private final List<OverlayEntry> fitting = new ArrayList<>();
    private final List<Layered.Aside> aside = new ArrayList<>();

    private Layering(String name, String text, Map<String, String> environment) {
        this.name = name;
        this.text = text;
        this.environment = environment;
    }

    /// What comes of both.
    public sealed interface Result permits Together, Bad {}

    /// They can be run.
    public record Together(Layered layered) implements Result {}

    /// The file itself cannot be run.
    public record Bad(List<Problem> problems) implements Result {}

    /// Reads a file's text with the overlay on it.
    ///
    /// @param name what problems call the file
    public static Result load(
            String name, String text, Map<String, String> environment, Overlay overlay) {
        return new Layering(name, text, environment).load(overlay);
    }

    private Result load(Overlay overlay) {
        List<OverlayEntry> sound = new ArrayList<>();
        for (OverlayEntry entry : overlay.entries()) {
            if (isVariableInTheOpen(entry)) {
                aside.add(new Layered.Aside(entry, IN_THE_OPEN));
            } else {
                sound.add(entry);
            }
        }
        if (parse(sound) instanceof Loaded loaded) {
            fitting.addAll(sound);
            return together(loaded, overlay);
        }
        if (parse(List.of()) instanceof Refused(List<Problem> problems)) {
            return new Bad(problems);
        }
        groups(sound).forEach(this::fit);
        return switch (parse(fitting)) {
            case Loaded loaded -> together(loaded, overlay);
            case Refused(List<Problem> problems) -> new Bad(problems);
        };
    }

    private static final String IN_THE_OPEN =
            "a variable would be shown to whoever may look; write it into the file";

    /// What variables hold may be shown to nobody, unless it is a key of the file.
    private static boolean isVariableInTheOpen(OverlayEntry entry) {
        String value = entry.value();
        return value != null && Variables.in(value) && !isSecret(entry.key());
    }

    /// Whether the value of this key is shown to nobody.
    static boolean isSecret(OverlayKey key) {
        String below = key.key();
        return key.section() == Section.PROVIDERS
                && (below.startsWith("api-key")
                        || below.startsWith("headers")
                        || below.equals("proxy"));
    }

    /// Providers first, as routes speak of them; each with its entries, the required keys first.
    private static List<List<OverlayEntry>> groups(List<OverlayEntry> entries) {
        Map<String, List<OverlayEntry>> groups = new LinkedHashMap<>();
        List<String> first = List.of("targets", "dialect", "base-url");
        entries.stream()
                .sorted(
                        Comparator.comparing((OverlayEntry entry) -> entry.key().section())
                                .thenComparing(entry -> !first.contains(entry.key().key())))
                .forEach(entry ->
                        groups.computeIfAbsent(
                                        entry.key().section() + "." + entry.key().name(),
                                        _ -> new ArrayList<>())
                                .add(entry));
        return List.copyOf(groups.values());
    }

    private void fit(List<OverlayEntry> group) {
        if (problem(group) == null) {
            fitting.addAll(group);
            return;
        }
        for (OverlayEntry entry : group) {
            String problem = problem(List.of(entry));
            if (problem == null) {
                fitting.add(entry);
            } else {
                aside.add(new Layered.Aside(entry, problem));
            }
        }
    }

    /// Why these cannot be put on those that fit; null if they can.
    private @Nullable String problem(List<OverlayEntry> more) {
        List<OverlayEntry> all = new ArrayList<>(fitting);
        all.addAll(more);
        return parse(all) instanceof Refused(List<Problem> problems)
                ? problems.getFirst().path() + ": " + problems.getFirst().text()
                : null;
    }

    private ConfigLoader.Result parse(List<OverlayEntry> entries) {
        return ConfigLoader.parse(name, text, environment, entries);
    }

    private Together together(Loaded loaded, Overlay overlay) {
        Node file = ConfigLoader.compose(new Reading(name, environment), text).orElseThrow();
        Config config = loaded.config();
        Layered.Written written =
                new Layered.Written(text, file, Graft.onto(file, List.copyOf(fitting)));
        return new Together(
                new Layered(config, loaded.warnings(), overlay, fitting, aside, written));
    }
}
