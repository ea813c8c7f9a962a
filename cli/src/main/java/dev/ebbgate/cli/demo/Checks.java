package dev.ebbgate.cli.demo;

import java.util.ArrayList;
import java.util.List;

/// What is held against the promise of a scene.
final class Checks {

    private final List<String> deviations = new ArrayList<>();

    /// Notes `otherwise` unless it is so.
    Checks that(boolean isSo, String otherwise) {
        if (!isSo) {
            deviations.add(otherwise);
        }
        return this;
    }

    List<String> deviations() {
        return deviations;
    }
}
