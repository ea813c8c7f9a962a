package dev.ebbgate.gateway.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What somebody sends to be put into the configuration, as JSON or YAML.
public final class Leaves {

    private static final String HEADERS = "headers.";

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
        requirePlain(node, "", Collections.newSetFromMap(new IdentityHashMap<>()));
        return Plain.leaves(Plain.of(node));
    }

    /// What stands there twice, or as a path, would be in force without being what was meant; what
    /// is repeated by aliases can be larger than it looks, or without end.
    private static void requirePlain(Node node, String path, Set<Node> seen) {
        if (!(node instanceof ScalarNode) && !seen.add(node)) {
            throw new IllegalArgumentException(path + ": an alias is not taken; write it out");
        }
        switch (node) {
            case SequenceNode list ->
                    list.getValue().forEach(item -> requirePlain(item, path, seen));
            case MappingNode mapping -> {
                Set<String> keys = new HashSet<>();
                for (NodeTuple member : mapping.getValue()) {
                    String key = key(member, path, keys);
                    requirePlain(member.getValueNode(), path + key + ".", seen);
                }
            }
            default -> {}
        }
    }

    private static String key(NodeTuple member, String path, Set<String> keys) {
        String key = member.getKeyNode() instanceof ScalarNode name ? name.getValue() : "";
        if (!keys.add(key)) {
            throw new IllegalArgumentException(
                    path + key + ": this key stands there twice; write it once");
        }
        if (key.contains(".") && !path.equals(HEADERS)) {
            throw new IllegalArgumentException(
                    path + key + ": unknown key; write one object within the other");
        }
        return key;
    }
}
