package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// What a monitoring system is told of what really went through.
class MetricsApiTest {

    private static final String COUNT = "gen_ai_server_request_duration_seconds_count";

    @TempDir private Path folder = Path.of("");

    @Test
    void exchangesThatAreOver_areInTheNextScrape_withoutKeys() {
        try (AdminSite site = new AdminSite(folder, "writes: on")) {
            for (int i = 0; i < 3; i++) {
                assertThat(site.chat("coder").status()).isEqualTo(200);
            }

            String scraped = site.get("/metrics").text();

            assertThat(scraped.lines().filter(line -> line.startsWith(COUNT)))
                    .singleElement()
                    .asString()
                    .contains("gen_ai_request_model=\"coder\"")
                    .endsWith(" 3");
            assertThat(scraped)
                    .contains(
                            "ebbgate_breaker_state{target=\"sim/sim:burst\"} 0.0",
                            "ebbgate_exchanges_active 0.0",
                            "ebbgate_held_bytes 0.0",
                            "ebbgate_errors_inside_200_total 0.0")
                    .doesNotContain(AdminSite.KEY);
        }
    }
}
