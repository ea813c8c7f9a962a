package dev.ebbgate.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.config.ConfigLoader;

import org.junit.jupiter.api.Test;

import java.util.Map;

class CliffTest {

    private static final String PROVIDER =
            "providers: {p: {dialect: openai, base-url: \"http://127.0.0.1:9/v1\"}}\n";
    private static final Config TWO =
            config(
                    """
                    routes:
                      slow: {targets: [p/m], consumer-cancels-after: 20m}
                      fast: {targets: [p/m], consumer-cancels-after: 5m}
                      free: {targets: [p/m]}
                    """);

    @Test
    void whatIsWritten_wins() {
        assertThat(Cliff.of("7s", TWO, null)).isEqualTo(new Cliff("7s", "--cliff"));
    }

    @Test
    void ofSeveralRoutes_theSoonestHolds() {
        assertThat(Cliff.of(null, TWO, null))
                .isEqualTo(new Cliff("5m", "routes.fast.consumer-cancels-after"));
    }

    @Test
    void ofTheRouteThatIsAskedFor_itsOwnHolds() {
        assertThat(Cliff.of(null, TWO, "slow"))
                .isEqualTo(new Cliff("20m", "routes.slow.consumer-cancels-after"));
        assertThat(Cliff.of(null, TWO, "free")).isEqualTo(new Cliff("660s", "default"));
    }

    @Test
    void withoutConfiguration_theDefaultHolds() {
        assertThat(Cliff.of(null, null, null)).isEqualTo(new Cliff("660s", "default"));
        assertThat(Cliff.of(null, config(""), null)).isEqualTo(new Cliff("660s", "default"));
    }

    private static Config config(String routes) {
        return switch (ConfigLoader.parse("test.yaml", PROVIDER + routes, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
