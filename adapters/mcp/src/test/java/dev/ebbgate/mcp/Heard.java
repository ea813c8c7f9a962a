package dev.ebbgate.mcp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/// What a scripted server has heard.
record Heard(Path file) {

    static final String CANCELLED = "notifications/cancelled";

    List<String> of(String method) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> Script.method(line).equals(method))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Waits until it has heard so many, then for more that should not come.
    List<String> exactly(int count, String method) throws InterruptedException {
        boolean _ = eventually(() -> of(method).size() >= count);
        Thread.sleep(200);
        return of(method);
    }

    /// Whether it comes true within a generous time.
    static boolean eventually(BooleanSupplier fact) throws InterruptedException {
        long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!fact.getAsBoolean() && System.nanoTime() < until) {
            Thread.sleep(10);
        }
        return fact.getAsBoolean();
    }
}
