package dev.ebbgate.bench.soak;

import java.nio.file.Path;
import java.time.Duration;

/// later
public final class Soak {
    private Soak() {}

    /// later
    public static boolean run(Path work, String ebbgate, Duration silence) {
        return false;
    }
}
