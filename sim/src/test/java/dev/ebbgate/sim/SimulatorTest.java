package dev.ebbgate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebbgate.sim.RawPeer.Reply;
import dev.ebbgate.sim.RawPeer.Wire;
import dev.ebbgate.sim.script.BadScript;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class SimulatorTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final int PATIENCE_MS = 20_000;

    private Simulator simulator;

    @BeforeEach
    void start() {
        simulator = Simulator.start(SimulatorOptions.defaults());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void sameSeed_saysTheSame() {
        String first = body("sim:seed=7;jitter=0.5;rate=2000");
        String again = body("sim:seed=7;jitter=0.5;rate=2000");

        assertThat(again).isEqualTo(first);
    }

    @Test
    void otherSeed_saysSomethingElse() {
        String first = body("sim:seed=7;rate=burst");
        String other = body("sim:seed=8;rate=burst");

        assertThat(other).isNotEqualTo(first.replace("seed=7", "seed=8"));
    }

    private String body(String model) {
        String request = RawPeer.request(model, true);
        return RawPeer.ask(simulator.port(), CHAT, request, PATIENCE_MS).body();
    }

    @Test
    void burst_isOneChunkOnTheWire() {
        String body = body("sim:burst;tokens=64");

        // One chunk and the last one: the text between is whole.
        assertThat(body.split("\r\n[0-9a-f]+\r\n", -1)).hasSize(2);
    }

    @Test
    void prefill_takesItsTime() {
        long start = System.nanoTime();

        body("sim:prefill=300ms;tokens=1");

        assertThat(System.nanoTime() - start).isBetween(300_000_000L, 20_000_000_000L);
    }

    @Test
    void speed_shortensEveryScriptedTime() {
        long start = System.nanoTime();

        Reply reply =
                RawPeer.ask(
                        simulator.port(),
                        CHAT,
                        RawPeer.request("sim:long-prefill;speed=1000;tokens=1", true),
                        PATIENCE_MS);

        assertThat(reply.wire()).isEqualTo(Wire.COMPLETE);
        assertThat(System.nanoTime() - start).isBetween(158_000_000L, 20_000_000_000L);
    }

    @Test
    void prefillsAtOnce_shareTheRate() {
        // 211k tokens: 120 s of prefill, at this speed 200 ms alone; four at once take 800 ms.
        String model = "sim:prefill=curve;prompt-tokens=211000;speed=600;rate=burst";
        List<RawPeer> peers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 4; i++) {
            RawPeer peer = new RawPeer(simulator.port());
            peer.send(CHAT, RawPeer.request(model, true), "");
            peers.add(peer);
        }

        peers.forEach(peer -> assertThat(peer.read(PATIENCE_MS).wire()).isEqualTo(Wire.COMPLETE));

        assertThat(System.nanoTime() - start).isBetween(790_000_000L, 20_000_000_000L);
        peers.forEach(RawPeer::close);
    }

    @Test
    void flappingProvider_isUpAndDownByTheClock() {
        String up = body("sim:flap=1h/1h;tokens=1");
        String down = body("sim:flap=0s/1h;down=overloaded;tokens=1");

        assertThat(up).contains("[DONE]");
        assertThat(down).contains("Overloaded");
    }

    @Test
    void failsOnce_thenAnswersUntilTheJournalIsCleared() {
        String model = "sim:fails-once;tokens=1";

        String first = body(model);
        String second = body(model);

        assertThat(first).contains("Overloaded");
        assertThat(second).contains("[DONE]");
    }

    @Test
    void typoInAScript_isRefusedByName() {
        assertThat(body("sim:stal")).contains("'stal' is neither");
        assertThat(body("sim:end=hangs")).contains("end=hangs: write one of ok, hang");
        assertThatThrownBy(
                        () -> Simulator.start(SimulatorOptions.defaults().withScript("rate=fast")))
                .isInstanceOf(BadScript.class)
                .hasMessageContaining("rate=fast");
    }

    @Test
    void badInput_isRefusedInTheDialect() {
        Reply openAi = RawPeer.ask(simulator.port(), CHAT, "{", PATIENCE_MS);
        Reply anthropic = RawPeer.ask(simulator.port(), "/v1/messages", "[]", PATIENCE_MS);

        assertThat(openAi.text()).contains("400 Bad Request", "{\"error\":{\"message\"");
        assertThat(anthropic.text()).contains("400 Bad Request", "{\"type\":\"error\"");
    }

    @Test
    void benchModels_answerAlike() {
        Reply json = ask("bench-json", false);
        Reply burst = ask("bench-burst", true);
        Reply paced = ask("bench-paced", true);

        assertThat(json.body()).contains("\"finish_reason\":\"stop\"");
        assertThat(burst.body().split("data: ", -1)).hasSize(1 + 1 + 64 + 2);
        assertThat(paced.body().split("data: ", -1)).hasSize(1 + 1 + 64 + 2);
        assertThat(simulator.journal().entries()).isEmpty();
    }

    private Reply ask(String model, boolean stream) {
        return RawPeer.ask(simulator.port(), CHAT, RawPeer.request(model, stream), PATIENCE_MS);
    }
}
