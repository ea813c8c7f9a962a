package dev.ebbgate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.config.ConfigLoader;

import org.junit.jupiter.api.Test;

import java.util.Map;

/// What a command gets to find the gateway.
class ChildVariablesTest {

    private static final String PROVIDER =
            "providers: {p: {dialect: openai, base-url: \"http://127.0.0.1:9/v1\"}}\n";
    private static final String KEYS = "auth: {keys: {a: gate-key-1}}\n";

    @Test
    void bothAddresses_carryTheTag() {
        assertThat(variables("", Map.of()))
                .containsEntry("OPENAI_BASE_URL", "http://127.0.0.1:12000/tag/t1/v1")
                .containsEntry("ANTHROPIC_BASE_URL", "http://127.0.0.1:12000/tag/t1")
                .containsEntry("EBBGATE_TAG", "t1");
    }

    @Test
    void whereNoKeyIsAsked_oneIsSetForSdksThatRefuseToStartWithout() {
        assertThat(variables("", Map.of()))
                .containsEntry("OPENAI_API_KEY", "not-needed")
                .containsEntry("ANTHROPIC_API_KEY", "not-needed");
    }

    @Test
    void aKeyThatIsThere_staysForProvidersThatGetTheClientsOwn() {
        assertThat(variables("", Map.of("OPENAI_API_KEY", "sk-mine")))
                .doesNotContainKey("OPENAI_API_KEY");
    }

    @Test
    void whereTheGatewayAsksForAKey_aProvidersKeyIsReplacedByItsOwn() {
        Map<String, String> set =
                variables(
                        KEYS,
                        Map.of("OPENAI_API_KEY", "sk-mine", "ANTHROPIC_API_KEY", "gate-key-1"));

        assertThat(set)
                .containsEntry("OPENAI_API_KEY", "gate-key-1")
                .as("one of the gateway's own stays")
                .doesNotContainKey("ANTHROPIC_API_KEY");
    }

    private static Map<String, String> variables(String yaml, Map<String, String> environment) {
        Config config =
                switch (ConfigLoader.parse("test.yaml", PROVIDER + yaml, Map.of())) {
                    case ConfigLoader.Loaded(Config loaded, _) -> loaded;
                    case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
                };
        return ChildVariables.of(config, "http://127.0.0.1:12000", "t1", environment);
    }
}
