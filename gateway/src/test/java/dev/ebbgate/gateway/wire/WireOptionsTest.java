package dev.ebbgate.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.gateway.config.ConfigLoader;

import io.vertx.core.http.HttpClientOptions;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Objects;

class WireOptionsTest {

    private static HttpClientOptions options(String connect) {
        String yaml =
                """
                version: 1
                timeouts: {connect: CONNECT}
                providers:
                  p:
                    dialect: openai
                    base-url: "https://provider.example/v1"
                    proxy: "http://proxy.example:3128"
                """
                        .replace("CONNECT", connect);
        return switch (ConfigLoader.parse("w.yaml", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> {
                Provider provider = Objects.requireNonNull(config.providers().get("p"));
                yield new WireOptions(config).client(provider);
            }
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    @ParameterizedTest
    @CsvSource({"5s, 6000", "14s, 15000", "3m, 181000", "off, 2147483647"})
    @DisplayName("P1 no wait of the library, the proxy's included, is shorter than `connect`")
    void proxysOwnWait_liesBehindConnect(String connect, long millis) {
        HttpClientOptions options = options(connect);

        assertThat(options.getProxyOptions().getConnectTimeout().toMillis()).isEqualTo(millis);
        assertThat(options.getConnectTimeout()).isEqualTo(connect.equals("off") ? 0 : (int) millis);
    }
}
