package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.site.RecordingProvider;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class OnlyProviderTest {

    private static final String YAML =
            "providers: {only: {dialect: openai, base-url: \"${O}/v1\"}}\n";

    @ParameterizedTest
    @ValueSource(strings = {"gpt-9", "meta/llama", "coder"})
    void withOneProvider_anyNameIsItsOwn(String model) {
        try (RecordingProvider provider = new RecordingProvider(RecordingProvider.EMBEDDINGS);
                Site site = Site.open(YAML, Map.of("O", provider.url()))) {
            String body = "{ \"model\": \"" + model + "\" }";

            assertThat(site.post("/v1/embeddings", body).status()).isEqualTo(200);

            assertThat(provider.next().text()).isEqualTo(body);
        }
    }

    @Test
    void withOneProvider_itsNameIsStillSplitOff() {
        try (RecordingProvider provider = new RecordingProvider(RecordingProvider.EMBEDDINGS);
                Site site = Site.open(YAML, Map.of("O", provider.url()))) {
            site.post("/v1/embeddings", "{\"model\":\"only/meta/llama\"}");

            assertThat(provider.next().text()).isEqualTo("{\"model\":\"meta/llama\"}");
        }
    }
}
