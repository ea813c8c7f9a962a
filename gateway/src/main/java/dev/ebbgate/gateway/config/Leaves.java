package dev.ebbgate.gateway.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Map;

/// What somebody sends to be put into the configuration, as JSON or YAML.
public final class Leaves {

    private Leaves() {}

    /// The values of nested keys, by these joined with dots.
    ///
    /// @throws IllegalArgumentException with a message for the sender, if it is no mapping
    public static Map<String, @Nullable Object> of(String text) {
        Reading reading = new Reading("body", Map.of());
        Node node = ConfigLoader.compose(reading, text).orElse(null);
        List<Problem> problems = reading.refusals();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().text());
        }
        if (!(node instanceof MappingNode)) {
            throw new IllegalArgumentException("an object with keys and values is expected");
        }
        return Plain.leaves(Plain.of(node));
    }
}
