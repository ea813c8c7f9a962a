package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The list of models: never empty, as something can always be asked for.
class ModelsTest {

    private static Site site;

    @BeforeAll
    static void open() {
        site = Site.open(Site.PROVIDERS + "routes: {\"gpt-*\": {targets: [\"sim/*\"]}}\n");
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void patternsAndProviders_areListedAsWritten() {
        RawAnswer answer = site.get("/v1/models");

        assertThat(answer.text())
                .containsSubsequence("\"id\":\"gpt-*\"", "\"id\":\"sim/*\"", "\"id\":\"claude/*\"");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-*, 200",
        "gpt-5, 200",
        "sim/llama, 200",
        "sim%2Fllama%3A8b, 200",
        "llama, 404",
        "other/llama, 404",
        "%zz, 404"
    })
    void singleModel_isFoundWhereItWouldBeAnswered(String model, int status) {
        RawAnswer answer = site.get("/v1/models/" + model);

        assertThat(answer.status()).isEqualTo(status);
    }
}
