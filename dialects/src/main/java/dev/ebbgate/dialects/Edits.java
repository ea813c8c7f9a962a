package dev.ebbgate.dialects;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Changes to a text that leave every other byte as it was. They must not overlap; several at one
/// place are made in the order in which they were asked for.
final class Edits {

    private record Edit(int from, int to, Slice with) {}

    private final Slice source;
    private final List<Edit> edits = new ArrayList<>();

    Edits(Slice source) {
        this.source = source;
    }

    Edits insert(int at, String text) {
        return replace(at, at, Slice.of(JsonText.bytes(text)));
    }

    Edits replace(Slice what, Slice with) {
        return replace(what.from(), what.to(), with);
    }

    Edits replace(Slice what, String with) {
        return replace(what.from(), what.to(), Slice.of(JsonText.bytes(with)));
    }

    private Edits replace(int from, int to, Slice with) {
        edits.add(new Edit(from, to, with));
        return this;
    }

    void writeTo(Bytes out) {
        edits.sort(Comparator.comparingInt(Edit::from));
        int at = source.from();
        for (Edit edit : edits) {
            out.append(source.bytes(), at, edit.from).append(edit.with);
            at = edit.to;
        }
        out.append(source.bytes(), at, source.to());
    }

    byte[] applied() {
        Bytes out = new Bytes();
        writeTo(out);
        return out.copy();
    }
}
