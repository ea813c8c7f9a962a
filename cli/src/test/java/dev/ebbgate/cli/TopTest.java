package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

/// The table of what is in flight.
class TopTest {

    private static String line(int attempt, int target, int targets) {
        JsonObject exchange =
                new JsonObject()
                        .put("id", "ebb-1")
                        .put("model", "coder")
                        .put("target", "vllm/big")
                        .put("attempt", attempt)
                        .put("target_number", target)
                        .put("targets", targets)
                        .put("phase", "first-token")
                        .put("state", "open")
                        .put("age_ms", 1_000.0);
        JsonArray all = new JsonArray().add(exchange);
        return Top.screen(new JsonObject().put("in_flight", 1).put("exchanges", all)).getLast();
    }

    @Test
    void attemptsBeyondTheTargets_areNotSaidToBeOfThem() {
        assertThat(line(4, 2, 2)).containsPattern("coder +2/2 vllm/big +4 +first-token");
    }

    @Test
    void onlyTarget_isNotCounted() {
        assertThat(line(3, 1, 1)).containsPattern("coder +vllm/big +3 +first-token");
    }
}
