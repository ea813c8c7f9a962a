package dev.ebbgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;

class SimulateTest {
    private static final World.Gate NO_GATE =
            (_, _) -> {
                throw new AssertionError("no gateway is to be opened");
            };
    private static final World STOPPED_AT_ONCE =
            new World(Map.of(), Path.of(""), NO_GATE, shutdown -> shutdown.onSignal(15));

    @Test
    void start_saysWhereItListens_andASignalEndsItWell() {
        Run run = Run.in(STOPPED_AT_ONCE, "simulate", "--port", "0", "--tls-port", "0");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("simulated provider on http://127\\.0\\.0\\.1:[1-9]\\d*")
                .containsPattern("TLS on https://localhost:[1-9]\\d*")
                .contains("certificate: ");
    }

    @Test
    void portInUse_isOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            Run run = Run.in(STOPPED_AT_ONCE, "simulate", "--port", port);

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.err()).contains("cannot listen on 127.0.0.1:" + port);
        }
    }

    @Test
    void impossibleValue_isWrongUsage() {
        Run run = Run.in(STOPPED_AT_ONCE, "simulate", "--speed", "0");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("speed must be above 0", "Usage: ebbgate simulate");
    }
}
