package dev.ebbgate.gateway.config;

import dev.ebbgate.core.resolve.NearNames;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A mapping of the file: its fields by key, in the order written.
final class Section {

    private final Field owner;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Set<String> misspelt = new HashSet<>();

    private Section(Field owner) {
        this.owner = owner;
    }

    static Section empty(Field owner) {
        return new Section(owner);
    }

    static Section of(Field owner, MappingNode mapping) {
        Section section = new Section(owner);
        for (NodeTuple tuple : mapping.getValue()) {
            section.add(tuple.getKeyNode(), tuple.getValueNode());
        }
        return section;
    }

    private void add(Node key, Node value) {
        int line = line(key, owner.line());
        if (!(key instanceof ScalarNode name)) {
            owner.reading().refuse(line, owner.path(), "a key is text; write it without brackets");
            return;
        }
        String path = path(name.getValue());
        if (fields.containsKey(name.getValue())) {
            owner.reading().refuse(line, path, "this key stands here twice; write it once");
            return;
        }
        fields.put(name.getValue(), new Field(owner.reading(), path, line, value));
    }

    /// Reports what is not among the known keys, with the one that was probably meant.
    void expect(Set<String> known) {
        for (Map.Entry<String, Field> field : fields.entrySet()) {
            if (!known.contains(field.getKey())) {
                String meant = meant(field.getKey(), known);
                field.getValue().refuse("unknown key; write " + meant);
                misspelt.add(meant);
            }
        }
    }

    @Nullable Field get(String key) {
        return fields.get(key);
    }

    /// The field, or null after reporting that it is missing, or that it is misspelt.
    @Nullable Field require(String key, String example) {
        Field field = fields.get(key);
        if (field == null && !misspelt.contains(key)) {
            String text = "this key is missing; write for example " + key + ": " + example;
            owner.reading().refuse(owner.line(), path(key), text);
        }
        return field;
    }

    /// The field as a mapping; empty where the key is absent.
    Section section(String key, Set<String> known) {
        Field field = fields.get(key);
        return field == null ? empty(owner) : field.section(known);
    }

    /// The field as a mapping of names; empty where the key is absent.
    Section names(String key) {
        Field field = fields.get(key);
        return field == null ? empty(owner) : field.names();
    }

    Map<String, Field> fields() {
        return fields;
    }

    private String path(String key) {
        return owner.path().isEmpty() ? key : owner.path() + "." + key;
    }

    /// Counted from 1.
    static int line(Node node, int otherwise) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(otherwise);
    }

    /// The known name nearest to `written`, else all of them.
    static String meant(String written, Collection<String> known) {
        List<String> near = NearNames.of(written, known);
        return near.isEmpty() ? "one of " + String.join(", ", new TreeSet<>(known)) : near.get(0);
    }
}
