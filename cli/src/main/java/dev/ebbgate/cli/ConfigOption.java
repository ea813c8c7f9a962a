package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.config.Discovery;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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

    /// A configuration that can be run.
    ///
    /// @param from the file's name, or `environment`
    /// @param remarks what the operator should read first: warnings, or what was found
    record Chosen(String from, Config config, List<String> remarks) {}

    /// The configuration to run.
    ///
    /// @throws CommandFailed with all problems, one per line
    Chosen load(World world) throws CommandFailed {
        Path chosen = choose(world);
        if (chosen != null) {
            Path path = world.folder().resolve(chosen);
            return accept(path.toString(), ConfigLoader.load(path, world.environment()), List.of());
        }
        Discovery discovery = Discovery.fromEnvironment(world.environment());
        if (discovery.isEmpty()) {
            throw new CommandFailed(NOTHING_FOUND);
        }
        return accept(
                Discovery.NAME,
                discovery.load(world.environment()),
                discovery.found().stream().map(line -> "found " + line).toList());
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

    private static Chosen accept(String from, ConfigLoader.Result result, List<String> found)
            throws CommandFailed {
        return switch (result) {
            case ConfigLoader.Loaded(Config config, var warnings) ->
                    new Chosen(from, config, join(found, warnings));
            case ConfigLoader.Refused(var problems) ->
                    throw new CommandFailed(problems.stream().map(Object::toString).toList());
        };
    }

    private static List<String> join(List<String> found, List<?> warnings) {
        return Stream.concat(
                        found.stream(), warnings.stream().map(warning -> "warning: " + warning))
                .toList();
    }
}
