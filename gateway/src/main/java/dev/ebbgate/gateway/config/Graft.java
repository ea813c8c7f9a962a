package dev.ebbgate.gateway.config;

import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Puts what operators changed into the parsed file, key by key, and marks it, so that it is read
/// and checked as if it stood there. The nodes of the file itself are left as they are: by anchors,
/// one may stand in several places.
final class Graft {

    /// The property of a node that an operator wrote.
    static final String MARK = "admin";

    private static final String HEADERS = "headers.";

    private Graft() {}

    /// The file with all these entries in it.
    static Node onto(Node root, List<OverlayEntry> entries) {
        Node whole = root;
        for (OverlayEntry entry : entries) {
            if (whole instanceof MappingNode mapping) {
                whole = put(mapping, path(entry.key()), value(entry));
            }
        }
        return whole;
    }

    /// What stands under a key in the file; null if nothing does.
    static @Nullable Node find(@Nullable Node root, OverlayKey key) {
        Node at = root;
        for (String part : path(key)) {
            at = at instanceof MappingNode mapping ? child(mapping, part) : null;
        }
        return at;
    }

    private static List<String> path(OverlayKey key) {
        return Stream.concat(Stream.of(key.section().key(), key.name()), parts(key.key()).stream())
                .toList();
    }

    /// A header's name may have dots.
    private static List<String> parts(String key) {
        if (key.isEmpty()) {
            return List.of();
        }
        return key.startsWith(HEADERS)
                ? List.of("headers", key.substring(HEADERS.length()))
                : List.of(key.split("\\.", -1));
    }

    private static @Nullable Node value(OverlayEntry entry) {
        String json = entry.value();
        if (json == null) {
            return null;
        }
        Node node = compose(json);
        mark(node);
        return node;
    }

    /// What is no JSON after all is taken as text, and refused where none is expected.
    private static Node compose(String json) {
        try {
            Node node =
                    new Compose(LoadSettings.builder().setSchema(new CoreSchema()).build())
                            .composeString(json)
                            .orElse(null);
            if (node != null) {
                return node;
            }
        } catch (YamlEngineException _) {
            // as text
        }
        return text(json);
    }

    private static Node text(String text) {
        return new ScalarNode(Tag.STR, text, ScalarStyle.PLAIN);
    }

    private static void mark(Node node) {
        node.setProperty(MARK, true);
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(Graft::mark);
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> mark(tuple.getValueNode()));
        }
    }

    private static @Nullable Node child(MappingNode mapping, String key) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (isNamed(tuple, key)) {
                return tuple.getValueNode();
            }
        }
        return null;
    }

    private static boolean isNamed(NodeTuple tuple, String key) {
        return tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key);
    }

    /// The mapping with this under a path in it; without it, where it is null.
    private static MappingNode put(MappingNode mapping, List<String> path, @Nullable Node value) {
        String key = path.getFirst();
        Node own = value;
        if (path.size() > 1) {
            Node old = child(mapping, key);
            if (old == null && value == null) {
                return mapping;
            }
            MappingNode inner = old instanceof MappingNode known ? known : empty();
            own = put(inner, path.subList(1, path.size()), value);
        }
        return replaced(mapping, key, own);
    }

    private static MappingNode replaced(MappingNode mapping, String key, @Nullable Node value) {
        List<NodeTuple> tuples = new ArrayList<>();
        boolean found = false;
        for (NodeTuple tuple : mapping.getValue()) {
            if (!isNamed(tuple, key)) {
                tuples.add(tuple);
            } else if (value != null) {
                tuples.add(new NodeTuple(tuple.getKeyNode(), value));
                found = true;
            }
        }
        if (!found && value != null) {
            tuples.add(new NodeTuple(text(key), value));
        }
        return new MappingNode(
                mapping.getTag(),
                true,
                tuples,
                mapping.getFlowStyle(),
                mapping.getStartMark(),
                mapping.getEndMark());
    }

    private static MappingNode empty() {
        return new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.FLOW);
    }
}
