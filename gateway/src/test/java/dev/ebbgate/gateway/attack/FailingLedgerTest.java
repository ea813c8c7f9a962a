package dev.ebbgate.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.config.ConfigLoader;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// A part of the gateway that fails where nobody expects it: the exchange ends all the same.
class FailingLedgerTest {

    private static final Ledger FAILING =
            entry -> {
                throw new IllegalStateException("the disk is full");
            };

    private static Config config(String url) {
        String yaml =
                """
                version: 1
                listen: {port: 0}
                limits: {exchanges: 1}
                providers: {sim: {dialect: openai, base-url: "${SIM}/v1"}}
                """;
        return switch (ConfigLoader.parse("l.yaml", yaml, Map.of("SIM", url))) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    @ParameterizedTest
    @CsvSource({"true, [DONE]", "false, chat.completion"})
    void ledgerThatFails_costsNoPlace(boolean streamed, String said) {
        String body = "{\"model\":\"sim/sim:rate=burst\",\"stream\":" + streamed + "}";
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults());
                Gateway gateway = Gateway.start(config(simulator.url()), FAILING)) {
            for (int i = 0; i < 3; i++) {
                try (RawClient client = new RawClient(gateway.port())) {
                    client.send(RawClient.post("/v1/chat/completions", body));

                    RawAnswer answer = client.answer();

                    assertThat(answer.text()).contains(said);
                }
                settle(gateway);
            }
        }
    }

    private static void settle(Gateway gateway) {
        long until = System.nanoTime() + 3_000_000_000L;
        while (gateway.inFlight() > 0 && System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
        assertThat(gateway.inFlight()).isZero();
    }
}
