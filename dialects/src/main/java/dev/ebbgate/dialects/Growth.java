package dev.ebbgate.dialects;

import dev.ebbgate.dialects.Grown.Elements;
import dev.ebbgate.dialects.Grown.Members;
import dev.ebbgate.dialects.Grown.Text;
import dev.ebbgate.dialects.Grown.Whole;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// The rules by which the pieces of a streamed answer become one, within a bound of memory.
///
/// They are those of the official clients, made safe for members nobody knows yet. Strings are
/// joined, except labels, which are repeated and not continued. Objects grow member by member.
/// Elements of an array that carry an `index` grow by it; others are added. Of numbers and booleans
/// the last wins. null and empty values never take anything away.
final class Growth {

    /// What an object in memory costs besides its bytes; an estimate.
    private static final int OVERHEAD = 96;

    /// Values nested deeper are taken whole.
    private static final int MAX_NESTING = 16;

    private static final Set<String> LABELS =
            Set.of("role", "id", "type", "name", "format", "status", "call_id");

    private static final String TOOL_CALLS = "tool_calls";
    private static final String INDEX = "index";

    private final long max;
    private long held;

    Growth(long max) {
        this.max = max;
    }

    /// About how many bytes are held.
    long held() {
        return held;
    }

    /// Whether the bound has been passed; from then on nothing grows.
    boolean full() {
        return held > max;
    }

    /// An object to which the answer is then added.
    Members begin() {
        held += OVERHEAD;
        return new Members();
    }

    /// Puts the last value that says something.
    void latest(Members into, String name, Slice value) {
        Grown old = into.get(name);
        if (full() || (old != null && value.saysNothing())) {
            return;
        }
        held += value.length() - (old instanceof Whole whole ? whole.value().length() : 0);
        held += old == null ? OVERHEAD + name.length() : 0;
        into.put(name, new Whole(value.copied()));
    }

    /// Adds to the string; what is no string is put.
    void join(Members into, String name, Slice value) {
        if (full()) {
            return;
        }
        if (!value.isString()) {
            latest(into, name, value);
            return;
        }
        Grown old = into.get(name);
        if (old instanceof Text text) {
            append(text.body(), value.inside());
        } else if (old == null || !value.saysNothing() || saysNothing(old)) {
            Text text = new Text();
            held += OVERHEAD + name.length();
            append(text.body(), value.inside());
            into.put(name, text);
        }
    }

    /// Adds one element to an array.
    void add(Members into, String name, Slice element) {
        if (!full()) {
            add(elements(into, name), element);
        }
    }

    /// Lets a member grow by the rules above.
    void grow(Members into, String name, Slice value) {
        grow(into, name, value, 0);
    }

    /// Lets an object grow by the rules above.
    void growAll(Members into, Slice object) {
        members(into, object, false, 0);
    }

    /// Adds to bytes that are held elsewhere.
    void append(Bytes to, Slice more) {
        if (!full()) {
            held += more.length();
            to.append(more);
        }
    }

    private void grow(Members into, String name, Slice value, int depth) {
        if (full()) {
            return;
        }
        Grown old = into.get(name);
        boolean deep = depth == MAX_NESTING;
        switch (value.first()) {
            case '{' -> {
                if (deep || (value.saysNothing() && old != null)) {
                    latest(into, name, value);
                } else {
                    members(object(into, name), value, false, depth + 1);
                }
            }
            case '[' -> {
                if (deep || (value.saysNothing() && old != null)) {
                    latest(into, name, value);
                } else {
                    array(elements(into, name), name, value, depth + 1);
                }
            }
            case '"' -> {
                if (LABELS.contains(name)) {
                    latest(into, name, value);
                } else {
                    join(into, name, value);
                }
            }
            default -> latest(into, name, value);
        }
    }

    private void members(Members into, Slice object, boolean withoutIndex, int depth) {
        JsonScanner json = new JsonScanner().over(object.bytes(), object.from(), object.to());
        json.enterObject();
        while (json.nextKey()) {
            String name = json.text();
            Slice value = Slice.next(json, object.bytes());
            if (!withoutIndex || !name.equals(INDEX)) {
                grow(into, name, value, depth);
            }
        }
    }

    private void array(Elements into, String name, Slice array, int depth) {
        JsonScanner json = new JsonScanner().over(array.bytes(), array.from(), array.to());
        json.enterArray();
        boolean calls = name.equals(TOOL_CALLS);
        while (json.nextElement() && !full()) {
            Slice element = Slice.next(json, array.bytes());
            Members same = element.first() == '{' ? place(into, element, calls) : null;
            if (same == null) {
                add(into, element);
            } else {
                // A whole answer's tool calls have no index.
                members(same, element, calls, depth);
            }
        }
    }

    private @Nullable Members place(Elements in, Slice element, boolean calls) {
        ElementHead head = ElementHead.of(element);
        if (head.index() < 0 && !calls) {
            return null;
        }
        Members same = head.index() < 0 ? in.latest() : in.at(head.index());
        if (same == null || (calls && head.beginsAnother(same))) {
            held += OVERHEAD;
            return in.begin(head.index());
        }
        return same;
    }

    private void add(Elements into, Slice element) {
        held += element.length() + OVERHEAD;
        into.add(new Whole(element.copied()));
    }

    private Members object(Members into, String name) {
        if (into.get(name) instanceof Members members) {
            return members;
        }
        Members fresh = new Members();
        held += OVERHEAD + name.length();
        into.put(name, fresh);
        return fresh;
    }

    private Elements elements(Members into, String name) {
        if (into.get(name) instanceof Elements elements) {
            return elements;
        }
        Elements fresh = new Elements();
        held += OVERHEAD + name.length();
        into.put(name, fresh);
        return fresh;
    }

    private static boolean saysNothing(Grown old) {
        return old instanceof Whole whole && whole.value().saysNothing();
    }
}
