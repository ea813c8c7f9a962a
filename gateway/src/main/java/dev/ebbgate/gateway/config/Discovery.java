package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.setting.BaseUrl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What the environment says of providers, as a configuration file with comments. Keys stay
/// references to their variables.
///
/// @param yaml a whole file that [ConfigLoader] accepts in that environment; with an example where
///   nothing was found
/// @param found one line for each provider: its name, where it is, and what told of it
/// @param variables which variable stands behind a key, by the key's path
public record Discovery(String yaml, List<String> found, Map<String, String> variables) {

    /// What a configuration without a file is called.
    public static final String NAME = "environment";

    private static final String OPENAI = "https://api.openai.com/v1";
    private static final String ANTHROPIC = "https://api.anthropic.com";
    private static final String EXAMPLE = "http://127.0.0.1:8000/v1";
    private static final List<String> OPENAI_NAMES =
            List.of("gpt-*", "o1*", "o3*", "o4*", "chatgpt-*", "text-embedding-*");

    public Discovery {
        found = List.copyOf(found);
        variables = Map.copyOf(variables);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// Looks at OPENAI_API_KEY, ANTHROPIC_API_KEY, VLLM_BASE_URL and OLLAMA_HOST.
    public static Discovery fromEnvironment(Map<String, String> environment) {
        Search search = new Search(environment);
        search.key("OPENAI_API_KEY", "openai", "openai", OPENAI);
        search.key("ANTHROPIC_API_KEY", "claude", "anthropic", ANTHROPIC);
        search.address("VLLM_BASE_URL", "vllm", Discovery::vllm, "\"${VLLM_API_KEY:-}\"");
        search.variables.put("providers.vllm.api-key", "VLLM_API_KEY");
        search.address("OLLAMA_HOST", "ollama", OllamaHost::parse, "\"\"");
        return new Discovery(search.yaml(), search.found, search.variables);
    }

    /// The configuration it amounts to. Problems name the variable at fault, as there is no file
    /// whose lines could be counted.
    public ConfigLoader.Result load(Map<String, String> environment) {
        return switch (ConfigLoader.parse(NAME, yaml, environment)) {
            case ConfigLoader.Loaded(Config config, var warnings) ->
                    new ConfigLoader.Loaded(config, named(warnings));
            case ConfigLoader.Refused(var problems) -> new ConfigLoader.Refused(named(problems));
        };
    }

    List<Problem> named(List<Problem> problems) {
        return problems.stream().map(this::named).distinct().toList();
    }

    private Problem named(Problem problem) {
        String text = problem.text();
        if (text.startsWith(ProxyRules.VARIABLE)) {
            String rest = text.substring(ProxyRules.VARIABLE.length());
            return new Problem(NAME, Problem.NOWHERE, ProxyRules.VARIABLE, "it" + rest);
        }
        String variable = variables.getOrDefault(problem.path(), problem.path());
        return new Problem(NAME, Problem.NOWHERE, variable, text);
    }

    private static BaseUrl vllm(String text) {
        BaseUrl url = BaseUrl.parse(text.strip());
        return url.path().isEmpty() ? new BaseUrl(url.tls(), url.host(), url.port(), "/v1") : url;
    }

    private static final class Search {

        private final Map<String, String> environment;
        private final Map<String, String> providers = new LinkedHashMap<>();
        private final List<String> found = new ArrayList<>();
        private final Map<String, String> variables = new LinkedHashMap<>();

        private Search(Map<String, String> environment) {
            this.environment = environment;
        }

        private void key(String variable, String name, String dialect, String url) {
            if (!environment.getOrDefault(variable, "").isBlank()) {
                add(variable, name, url, provider(dialect, url, "\"${" + variable + "}\""));
                variables.put("providers." + name + ".api-key", variable);
            }
        }

        /// What is no address stays a reference, so that loading reports it.
        private void address(
                String variable, String name, Function<String, BaseUrl> parse, String key) {
            String text = environment.getOrDefault(variable, "");
            if (text.isBlank()) {
                return;
            }
            String url;
            try {
                url = parse.apply(text).toString();
            } catch (IllegalArgumentException _) {
                url = "${" + variable + "}";
            }
            add(variable, name, url, provider("openai", url, key));
            variables.put("providers." + name + ".base-url", variable);
        }

        private void add(String variable, String name, String url, String provider) {
            providers.put(name, provider);
            found.add(name + " at " + url + " (" + variable + ")");
        }

        private static String provider(String dialect, String url, String key) {
            return "    dialect: "
                    + dialect
                    + "\n    base-url: \""
                    + url
                    + "\"\n    api-key: "
                    + key;
        }

        private String yaml() {
            StringBuilder out = new StringBuilder(HEAD);
            if (providers.isEmpty()) {
                out.append("  # Nothing was found in the environment: this is an example.\n");
                append(out, "vllm", provider("openai", EXAMPLE, "\"${VLLM_API_KEY:-}\""));
            }
            providers.forEach((name, text) -> append(out, name, text));
            if (providers.size() > 1) {
                out.append(ROUTES);
                routes(out);
            }
            return out.toString();
        }

        private void routes(StringBuilder out) {
            if (providers.containsKey("claude")) {
                route(out, "claude-*", "claude");
            }
            if (providers.containsKey("openai")) {
                OPENAI_NAMES.forEach(name -> route(out, name, "openai"));
            }
            for (String rest : List.of("vllm", "ollama", "openai")) {
                if (providers.containsKey(rest)) {
                    route(out, "*", rest);
                    return;
                }
            }
        }

        private static void append(StringBuilder out, String name, String text) {
            out.append("  ").append(name).append(":\n").append(text).append('\n');
        }

        private static void route(StringBuilder out, String pattern, String provider) {
            out.append("  \"").append(pattern).append("\": {targets: [\"").append(provider);
            out.append("/*\"]}\n");
        }
    }

    private static final String HEAD =
            """
            # Ebbgate: every wait has its own limit. Every key: docs/configuration.md
            version: 1
            listen: {host: 127.0.0.1, port: 12000}

            # The defaults; a provider or a route may have its own.
            # timeouts: {connect: 5s, first-token: 10m, stream-idle: 2m, no-progress: 20m, attempt: off, request: 60m}
            # keep-alive: {after: 15s, every: 15s}

            # Keys for clients; needed to listen on more than loopback.
            # auth: {keys: {me: "${EBBGATE_KEY}"}}

            providers:
            """;

    private static final String ROUTES =
            """

            # Model names as the official SDKs send them. provider/model reaches any other.
            routes:
            """;
}
