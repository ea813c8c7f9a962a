package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.Overlay;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Where a configuration is written, so that it can be read again: a file, or the environment.
/// Thread-safe.
public final class ConfigSource {

    private final String name;
    private final @Nullable Path file;
    private final @Nullable Discovery discovery;
    private final Map<String, String> environment;
    private final UnaryOperator<Config> adaptation;
    private volatile @Nullable State read;

    private ConfigSource(
            String name,
            @Nullable Path file,
            @Nullable Discovery discovery,
            Map<String, String> environment,
            UnaryOperator<Config> adaptation) {
        this.name = name;
        this.file = file;
        this.discovery = discovery;
        this.environment = Map.copyOf(environment);
        this.adaptation = adaptation;
    }

    /// A file at a moment. The text counts as well: what is written twice in one tick of the file
    /// system's clock may differ in nothing else.
    private record State(String fingerprint, ConfigLoader.Content content) {

        /// The text may hold keys.
        @Override
        public String toString() {
            return fingerprint;
        }
    }

    public static ConfigSource of(Path file, Map<String, String> environment) {
        return new ConfigSource(file.toString(), file, null, environment, UnaryOperator.identity());
    }

    public static ConfigSource of(Discovery discovery, Map<String, String> environment) {
        return new ConfigSource(
                Discovery.NAME, null, discovery, environment, UnaryOperator.identity());
    }

    /// The same, for a gateway that is to run otherwise than it is written, whenever it is read.
    public ConfigSource adapted(UnaryOperator<Config> other) {
        ConfigSource adapted = new ConfigSource(name, file, discovery, environment, other);
        adapted.read = read;
        return adapted;
    }

    /// What it is called in messages.
    public String name() {
        return name;
    }

    /// Null where there is none.
    public @Nullable Path file() {
        return file;
    }

    /// Reads it with the overlay on it.
    public Layering.Result load(Overlay overlay) {
        if (discovery != null) {
            return load(discovery.yaml(), overlay);
        }
        State state = state();
        read = state;
        return switch (state.content) {
            case ConfigLoader.Text(String text) -> load(text, overlay);
            case ConfigLoader.Unreadable(Problem problem) -> new Layering.Bad(List.of(problem));
        };
    }

    /// What is written to the file after the look at its times shows in them the next time.
    private State state() {
        String fingerprint = fingerprint();
        return new State(fingerprint, ConfigLoader.text(file == null ? Path.of(name) : file));
    }

    /// Whether the file is as it was when it was last read, whoever wanted that.
    public boolean isAsRead() {
        return discovery != null || state().equals(read);
    }

    /// What is in force with another overlay on it, whatever stands in the file by now.
    public Layering.Result load(Layered inForce, Overlay overlay) {
        return load(inForce.written().text(), overlay);
    }

    private Layering.Result load(String text, Overlay overlay) {
        return switch (Layering.load(name, text, environment, overlay)) {
            case Layering.Bad(List<Problem> problems) -> new Layering.Bad(named(problems));
            case Layering.Together(Layered layered) ->
                    new Layering.Together(
                            layered.warning(named(layered.warnings())).adapted(adaptation));
        };
    }

    private List<Problem> named(List<Problem> problems) {
        return discovery == null ? problems : discovery.named(problems);
    }

    /// What changes when the file is written to; the same while it is left alone.
    public String fingerprint() {
        try {
            return file == null
                    ? ""
                    : Files.getLastModifiedTime(file)
                            + " "
                            + Files.size(file)
                            + " "
                            + file.toRealPath();
        } catch (IOException | SecurityException _) {
            return "missing";
        }
    }
}
