package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayStore;
import dev.ebbgate.gateway.config.ConfigSource;
import dev.ebbgate.gateway.config.Discovery;
import dev.ebbgate.gateway.config.Layered;
import dev.ebbgate.gateway.config.Layering;
import dev.ebbgate.gateway.live.FileOverlay;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Where the configuration comes from: `--config`, else `$EBBGATE_CONFIG`, else `./ebbgate.yaml`,
/// else the providers that the environment tells of.
final class ConfigOption {
    static final String VARIABLE = "EBBGATE_CONFIG";
    static final String FILE = "ebbgate.yaml";

    private static final String NOTHING_FOUND =
            """
            ebbgate: no configuration: there is no ./ebbgate.yaml, and the environment tells of no provider
              set one of OPENAI_API_KEY, ANTHROPIC_API_KEY, VLLM_BASE_URL, OLLAMA_HOST,
              or write a file with: ebbgate init
              or look around without either: ebbgate demo\
            """;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The configuration. Without it: $EBBGATE_CONFIG, ./ebbgate.yaml, or the"
                            + " providers that OPENAI_API_KEY, ANTHROPIC_API_KEY, VLLM_BASE_URL"
                            + " and OLLAMA_HOST tell of.")
    private @Nullable Path file;

    /// Whether a file is named on the command line.
    boolean isNamed() {
        return file != null;
    }

    /// What makes another command look at the same file: empty where it would anyway.
    String again() {
        return file == null ? "" : " --config " + file;
    }

    /// A configuration that can be run.
    ///
    /// @param source where it is written
    /// @param store where operators' changes of it are kept
    /// @param remarks what the operator should read first: warnings, or what was found
    record Chosen(ConfigSource source, OverlayStore store, Layered layered, List<String> remarks) {

        Config config() {
            return layered.config();
        }

        /// The same, with something in the place of what is written, also when it is read again.
        Chosen adapted(UnaryOperator<Config> adaptation) {
            return new Chosen(
                    source.adapted(adaptation), store, layered.adapted(adaptation), remarks);
        }
    }

    /// The configuration to run.
    ///
    /// @throws CommandFailed with all problems, one per line
    Chosen load(World world) throws CommandFailed {
        Path path = file(world);
        if (path != null) {
            return accept(
                    ConfigSource.of(path, world.environment()),
                    path.toAbsolutePath().resolveSibling("."),
                    List.of());
        }
        Discovery discovery = Discovery.fromEnvironment(world.environment());
        if (discovery.isEmpty()) {
            throw new CommandFailed(NOTHING_FOUND);
        }
        return accept(
                ConfigSource.of(discovery, world.environment()),
                world.folder(),
                discovery.found().stream().map(line -> "found " + line).toList());
    }

    /// The configuration that is written in a file, if one is.
    ///
    /// @throws CommandFailed with all problems, one per line
    Optional<Chosen> loadIfWritten(World world) throws CommandFailed {
        return choose(world) == null ? Optional.empty() : Optional.of(load(world));
    }

    /// The file in which the configuration is written; null if none is.
    @Nullable Path file(World world) throws CommandFailed {
        Path chosen = choose(world);
        return chosen == null ? null : world.folder().resolve(chosen);
    }

    private @Nullable Path choose(World world) throws CommandFailed {
        Map<String, String> environment = world.environment();
        if (file != null && file.toString().isBlank()) {
            throw new CommandFailed("ebbgate: --config is empty; write --config FILE");
        }
        if (file != null) {
            return file;
        }
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isBlank()) {
            return Path.of(named);
        }
        return Files.exists(world.folder().resolve(FILE)) ? Path.of(FILE) : null;
    }

    private static Chosen accept(ConfigSource source, Path folder, List<String> found)
            throws CommandFailed {
        OverlayStore beside = FileOverlay.in(folder.normalize());
        List<String> remarks = new ArrayList<>(found);
        Layered layered = together(source.load(overlay(beside, remarks)));
        OverlayStore store = OverlayPlace.of(layered.config(), beside);
        if (!store.equals(beside)) {
            if (!layered.overlay().isEmpty()) {
                remarks.add(OverlayPlace.leftBehind(beside, store));
            }
            layered = together(source.load(overlay(store, remarks)));
        }
        layered.warnings().forEach(warning -> remarks.add("warning: " + warning));
        layered.hidden().forEach(hidden -> remarks.add("overlay: " + hidden));
        layered.aside().forEach(aside -> remarks.add("warning: " + aside));
        return new Chosen(source, store, layered, remarks);
    }

    private static Layered together(Layering.Result result) throws CommandFailed {
        return switch (result) {
            case Layering.Together(Layered layered) -> layered;
            case Layering.Bad(var problems) ->
                    throw new CommandFailed(problems.stream().map(Object::toString).toList());
        };
    }

    /// What cannot be read never keeps a gateway from starting.
    private static Overlay overlay(OverlayStore store, List<String> remarks) {
        try {
            return store.read();
        } catch (OverlayStore.Unavailable e) {
            remarks.add("warning: overlay: " + e.getMessage() + "; the file alone is in force");
            return Overlay.EMPTY;
        }
    }
}
