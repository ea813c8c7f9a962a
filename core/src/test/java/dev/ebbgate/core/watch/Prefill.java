package dev.ebbgate.core.watch;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// 16 prefill times of one healthy backend, measured by others: `prompt_tokens,seconds`. The same
/// that the simulated provider's curve is held against.
final class Prefill {

    private static final String MEASURED =
            """
            15974,6.04
            31850,12.19
            42216,16.82
            44881,17.95
            63696,26.09
            71105,29.97
            104166,47.76
            127372,60.82
            170463,90.60
            178023,96.82
            254541,157.49
            263972,168.64
            317863,218.20
            326075,226.87
            397856,293.47
            779685,865.70
            """;

    private Prefill() {}

    static double[] tokens() {
        return column(row -> Double.parseDouble(row[0]));
    }

    static double[] seconds() {
        return column(row -> Double.parseDouble(row[1]));
    }

    private static double[] column(ToDoubleFunction<String[]> field) {
        return Arrays.stream(MEASURED.strip().split("\n", -1))
                .map(row -> row.split(",", -1))
                .mapToDouble(field)
                .toArray();
    }
}
