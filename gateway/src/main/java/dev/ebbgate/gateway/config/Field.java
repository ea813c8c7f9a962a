package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.ResolvedLimit;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One value of the file: where it stands and what it says. What is not as asked for is reported
/// and then taken for absent, so that reading goes on to the next problem.
final class Field {

    private static final Set<Tag> SCALARS = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL);

    private static final String KEYS_AND_VALUES = "them as key: value, or in braces";

    private final Reading reading;
    private final String path;
    private final int line;
    private final Node node;

    Field(Reading reading, String path, int line, Node node) {
        this.reading = reading;
        this.path = path;
        this.line = line;
        this.node = node;
        reading.stands(path, line);
    }

    String path() {
        return path;
    }

    /// Where its value was set, as it is told with the value.
    String source() {
        return isAdmins() ? ResolvedLimit.ADMIN + path : path;
    }

    /// Whether an operator set it while the gateway ran.
    boolean isAdmins() {
        return node.getProperty(Graft.MARK) != null;
    }

    int line() {
        return line;
    }

    Reading reading() {
        return reading;
    }

    void refuse(String text) {
        reading.refuse(line, source(), text);
    }

    void warn(String text) {
        reading.warn(source(), text);
    }

    /// Whether something about it has been refused.
    boolean isRefused() {
        return reading.refusals().stream().anyMatch(problem -> problem.path().equals(source()));
    }

    /// Whether the key stands there with nothing behind it.
    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /// The scalar as the file has it, before any variable is put in; for messages on what is no
    /// secret.
    String shown() {
        return node instanceof ScalarNode scalar ? "\"" + scalar.getValue() + "\"" : "this";
    }

    /// The scalar with its variables put in, or null.
    @Nullable String text() {
        if (!(node instanceof ScalarNode scalar) || !SCALARS.contains(node.getTag())) {
            refuse("one value is expected here; write it as text, without braces, brackets or tag");
            return null;
        }
        if (isNothing()) {
            refuse("nothing is written here; write a value, or remove the key");
            return null;
        }
        return reading.variables().replace(scalar.getValue(), this::refuse);
    }

    /// What `parse` makes of the scalar, or null. Its exception's message is shown, unless it could
    /// repeat what a variable holds.
    ///
    /// @param expected what to write instead, where that message cannot be shown
    <T> @Nullable T read(Function<String, T> parse, String expected) {
        String text = text();
        if (text == null) {
            return null;
        }
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            refuse(hasVariable() ? "what the variable holds is not valid here" : message, expected);
            return null;
        }
    }

    private void refuse(String problem, String expected) {
        refuse(problem.contains("; write ") ? problem : problem + "; write " + expected);
    }

    private boolean hasVariable() {
        return node instanceof ScalarNode scalar && Variables.in(scalar.getValue());
    }

    /// The mapping, of which only `known` keys are expected; empty where nothing is written.
    Section section(Set<String> known) {
        return section(known, KEYS_AND_VALUES);
    }

    /// The same.
    ///
    /// @param example what to write instead of what is no mapping
    Section section(Set<String> known, String example) {
        Section section = names(example);
        section.expect(known);
        return section;
    }

    /// The mapping, whose keys are names that the operator chose.
    Section names() {
        return names(KEYS_AND_VALUES);
    }

    private Section names(String example) {
        if (node instanceof MappingNode mapping) {
            return Section.of(this, mapping);
        }
        if (!isNothing()) {
            refuse("keys and values are expected here; write " + example);
        }
        return Section.empty(this);
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    /// The values of the list; empty, with a report, where it is none.
    List<Field> items(String example) {
        List<Field> items = new ArrayList<>();
        if (!(node instanceof SequenceNode list)) {
            refuse("a list is expected here; write for example " + example);
            return items;
        }
        for (Node item : list.getValue()) {
            items.add(new Field(reading, path, Section.line(item, line), item));
        }
        return items;
    }
}
