package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.resolve.RouteTable;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

class DiscoveryTest {

    private static final Map<String, String> ALL =
            Map.of(
                    "OPENAI_API_KEY", "sk-s3cret",
                    "ANTHROPIC_API_KEY", "sk-ant-s3cret",
                    "VLLM_BASE_URL", "http://10.0.0.5:8000",
                    "OLLAMA_HOST", "0.0.0.0");

    @Test
    void wholeEnvironment_becomesAFileThatLoads() {
        Discovery discovery = Discovery.fromEnvironment(ALL);

        Config config = Loading.config(discovery.yaml(), ALL);

        assertThat(discovery.found())
                .containsExactly(
                        "openai at https://api.openai.com/v1 (OPENAI_API_KEY)",
                        "claude at https://api.anthropic.com (ANTHROPIC_API_KEY)",
                        "vllm at http://10.0.0.5:8000/v1 (VLLM_BASE_URL)",
                        "ollama at http://127.0.0.1:11434/v1 (OLLAMA_HOST)");
        assertThat(config.providers()).containsOnlyKeys("openai", "claude", "vllm", "ollama");
        assertThat(discovery.yaml()).contains("${OPENAI_API_KEY}").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "claude-sonnet-4-6,claude",
        "gpt-5,openai",
        "o3-mini,openai",
        "chatgpt-4o,openai",
        "text-embedding-3-small,openai",
        "qwen-3,vllm",
        "ollama/llama3,ollama",
    })
    void namesOfTheSdks_reachTheirProvider(String model, String provider) {
        Config config = Loading.config(Discovery.fromEnvironment(ALL).yaml(), ALL);

        RouteTable.Found found = (RouteTable.Found) new RouteTable(config).find(model);

        assertThat(found.targets().get(0).provider().name()).isEqualTo(provider);
    }

    @Test
    void oneProvider_needsNoRoutes() {
        Map<String, String> environment = Map.of("ANTHROPIC_API_KEY", "k");

        String yaml = Discovery.fromEnvironment(environment).yaml();

        assertThat(Loading.config(yaml, environment).routes()).isEmpty();
    }

    @Test
    void nothingFound_isAnExampleThatLoads() {
        Discovery discovery = Discovery.fromEnvironment(Map.of("OPENAI_API_KEY", " "));

        assertThat(discovery.isEmpty()).isTrue();
        assertThat(Loading.config(discovery.yaml()).providers()).containsOnlyKeys("vllm");
    }

    @ParameterizedTest
    @CsvSource({
        "VLLM_BASE_URL, s3cret,    VLLM_BASE_URL: what the variable holds",
        "OLLAMA_HOST,   s3cret:x,  OLLAMA_HOST: what the variable holds",
        "VLLM_API_KEY,  'a\u0001b', VLLM_API_KEY: ",
        "HTTPS_PROXY,   s3cret,    HTTPS_PROXY: it is no proxy",
    })
    void wrongVariable_isNamed(String variable, String value, String problem) {
        Map<String, String> environment = new HashMap<>();
        environment.put("OPENAI_API_KEY", "k");
        environment.put("VLLM_BASE_URL", "http://h:1");
        environment.put(variable, value);

        ConfigLoader.Result result = Discovery.fromEnvironment(environment).load(environment);

        assertThat(result).isInstanceOf(ConfigLoader.Refused.class);
        assertThat(((ConfigLoader.Refused) result).problems())
                .singleElement()
                .asString()
                .startsWith("environment: " + problem)
                .contains("; write ")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,http://127.0.0.1:11434/v1",
        "127.0.0.1:1234,http://127.0.0.1:1234/v1",
        "http://gpu:1234/,http://gpu:1234/v1",
        "https://gpu,https://gpu/v1",
        "gpu/proxy,http://gpu:11434/proxy/v1",
        "https://gpu/proxy/,https://gpu/proxy/v1",
        "gpu/proxy/v1,http://gpu:11434/proxy/v1",
        "::1,http://[::1]:11434/v1",
        "[::1]:5,http://[::1]:5/v1",
        "::,http://127.0.0.1:11434/v1",
        ":5,http://127.0.0.1:5/v1",
    })
    void ollamaHost_isReadInAllItsForms(String text, String url) {
        assertThat(OllamaHost.parse(text)).hasToString(url);
    }
}
