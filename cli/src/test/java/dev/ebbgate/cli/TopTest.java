package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

/// The table of what is in flight.
class TopTest {

    private static JsonObject exchange(int attempt, int target, int targets) {
        return new JsonObject()
                .put("id", "ebb-1")
                .put("model", "coder")
                .put("target", "vllm/big")
                .put("attempt", attempt)
                .put("target_number", target)
                .put("targets", targets)
                .put("phase", "first-token")
                .put("state", "open")
                .put("age_ms", 1_000.0);
    }

    private static JsonObject inFlight(int count) {
        JsonArray all = new JsonArray();
        for (int i = 0; i < count; i++) {
            all.add(exchange(1, 1, 1));
        }
        return new JsonObject().put("in_flight", 9_000).put("exchanges", all);
    }

    private static String line(int attempt, int target, int targets) {
        JsonArray all = new JsonArray().add(exchange(attempt, target, targets));
        JsonObject body = new JsonObject().put("in_flight", 1).put("exchanges", all);
        return Top.screen(body, null).getLast();
    }

    @Test
    void attemptsBeyondTheTargets_areNotSaidToBeOfThem() {
        assertThat(line(4, 2, 2)).containsPattern("coder +2/2 vllm/big +4 +first-token");
    }

    @Test
    void onlyTarget_isNotCounted() {
        assertThat(line(3, 1, 1)).containsPattern("coder +vllm/big +3 +first-token");
    }

    @Test
    void screen_holdsNoMoreThanTheTerminal() {
        assertThat(Top.screen(inFlight(40), null))
                .hasSize(42)
                .startsWith("9000 in flight, 40 shown");
        assertThat(Top.screen(inFlight(40), new Window(24, 200)))
                .as("a row each, and one for the cursor")
                .hasSize(23)
                .startsWith("9000 in flight, 21 shown");
        assertThat(Top.screen(inFlight(40), new Window(24, 40)))
                .as("two rows each")
                .startsWith("9000 in flight, 10 shown");
        assertThat(Top.screen(inFlight(40), new Window(1, 80))).isEmpty();
    }

    @Test
    void sizeOfATerminal_isReadWhereItIsKnown() {
        assertThat(Window.parse("24 80\n")).isEqualTo(new Window(24, 80));
        assertThat(Window.parse("0 0\n")).isNull();
        assertThat(Window.parse("")).isNull();
    }
}
