package dev.ebbgate.dialects;

import dev.ebbgate.dialects.Grown.Members;
import dev.ebbgate.dialects.Grown.Whole;

import org.jspecify.annotations.Nullable;

/// What tells to which element of an answer a streamed element belongs.
///
/// @param index its number, or -1
/// @param id its `id`, if it is not empty
/// @param named whether it brings a function's name
record ElementHead(long index, @Nullable Slice id, boolean named) {

    private static final byte[] INDEX = JsonText.bytes("index");
    private static final byte[] ID = JsonText.bytes("id");
    private static final byte[] NAME = JsonText.bytes("name");

    static ElementHead of(Slice element) {
        long index = -1;
        Slice id = null;
        boolean named = false;
        JsonScanner json = new JsonScanner().over(element.bytes(), element.from(), element.to());
        json.enterObject();
        while (json.nextKey()) {
            if (json.textIs(INDEX)) {
                index = json.readInteger();
            } else if (json.textIs(ID)) {
                Slice value = Slice.next(json, element.bytes());
                id = value.saysNothing() ? null : value;
            } else if (json.peek() == '{') {
                named |= hasName(json);
            } else {
                json.skipValue();
            }
        }
        return new ElementHead(index, id, named);
    }

    /// Whether this is the beginning of another call although it has the same number: some servers
    /// send every call whole and number them all 0, or not at all. An id alone is no sign, as
    /// others make up a new one for each piece.
    boolean beginsAnother(Members call) {
        return named
                && id != null
                && call.get("id") instanceof Whole known
                && !known.value().sameAs(id);
    }

    private static boolean hasName(JsonScanner json) {
        boolean named = false;
        json.enterObject();
        while (json.nextKey()) {
            boolean name = json.textIs(NAME);
            named |= json.skipFilled() && name;
        }
        return named;
    }
}
