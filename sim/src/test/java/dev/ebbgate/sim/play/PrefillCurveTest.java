package dev.ebbgate.sim.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ebbgate.sim.Simulator;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

class PrefillCurveTest {

    @Test
    void curve_meetsEveryMeasurement() throws Exception {
        List<String[]> rows;
        try (InputStream csv =
                Objects.requireNonNull(Simulator.class.getResourceAsStream("prefill.csv"))) {
            rows =
                    new String(csv.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .skip(1)
                            .map(line -> line.split(",", -1))
                            .toList();
        }

        assertThat(rows).hasSize(16);
        for (String[] row : rows) {
            assertThat(PrefillCurve.seconds(Long.parseLong(row[0])))
                    .isCloseTo(Double.parseDouble(row[1]), withinPercentage(2.85));
        }
    }
}
