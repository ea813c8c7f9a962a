package dev.ebbgate.gateway.config;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parsed YAML as plain maps, lists, texts and numbers.
final class Plain {

    private Plain() {}

    static @Nullable Object of(@Nullable Node node) {
        return switch (node) {
            case MappingNode mapping -> map(mapping);
            case SequenceNode list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.getValue().forEach(item -> items.add(of(item)));
                yield items;
            }
            case ScalarNode scalar -> scalar(scalar);
            case null, default -> null;
        };
    }

    private static Map<String, @Nullable Object> map(MappingNode mapping) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode name) {
                map.put(name.getValue(), of(tuple.getValueNode()));
            }
        }
        return map;
    }

    private static @Nullable Object scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.NULL)) {
            return null;
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.valueOf(text);
        }
        boolean whole = scalar.getTag().equals(Tag.INT) && text.matches("\\d{1,18}");
        return whole ? (Object) Long.valueOf(text) : text;
    }

    /// The leaves of nested mappings, by their keys joined with dots.
    static Map<String, @Nullable Object> leaves(@Nullable Object value) {
        Map<String, @Nullable Object> leaves = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            collect("", map, leaves);
        }
        return leaves;
    }

    private static void collect(
            String prefix, Map<?, ?> map, Map<String, @Nullable Object> leaves) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                collect(prefix + key + ".", inner, leaves);
            } else {
                leaves.put(prefix + key, value);
            }
        });
    }
}
