package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.config.ConfigLoader.Loaded;
import dev.ebbgate.gateway.config.ConfigLoader.Refused;

import java.util.List;
import java.util.Map;

/// Short ways to load a text and look at what came of it.
final class Loading {

    /// Makes a text about anything else complete; 1 line.
    static final String PROVIDER =
            "providers: {vllm: {dialect: openai, base-url: \"http://127.0.0.1:8000/v1\"}}\n";

    private Loading() {}

    static Config config(String yaml, Map<String, String> environment) {
        return switch (ConfigLoader.parse("e.yaml", yaml, environment)) {
            case Loaded(Config config, _) -> config;
            case Refused(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    static Config config(String yaml) {
        return config(yaml, Map.of());
    }

    /// The problems of a file that must be refused, as they are printed.
    static List<String> problems(String yaml, Map<String, String> environment) {
        return switch (ConfigLoader.parse("e.yaml", yaml, environment)) {
            case Loaded(Config config, _) -> throw new AssertionError("loaded " + config);
            case Refused(List<Problem> problems) ->
                    problems.stream().map(Problem::toString).toList();
        };
    }

    static List<String> problems(String yaml) {
        return problems(yaml, Map.of());
    }

    static List<String> warnings(String yaml) {
        return warnings(yaml, Map.of());
    }

    static List<String> warnings(String yaml, Map<String, String> environment) {
        return switch (ConfigLoader.parse("e.yaml", yaml, environment)) {
            case Loaded(_, List<Problem> warnings) ->
                    warnings.stream().map(Problem::toString).toList();
            case Refused(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }
}
