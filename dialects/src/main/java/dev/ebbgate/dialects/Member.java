package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// One member of a JSON object.
record Member(String name, Slice value) {

    /// The members of this object, in order; none if it is no object.
    static List<Member> of(@Nullable Slice object) {
        List<Member> members = new ArrayList<>();
        if (object == null) {
            return members;
        }
        JsonScanner json = new JsonScanner().over(object.bytes(), object.from(), object.to());
        if (json.enterObject()) {
            while (json.nextKey()) {
                String name = json.text();
                members.add(new Member(name, Slice.next(json, object.bytes())));
            }
        }
        return members;
    }

    /// The value of the last member of this name, as parsers have it.
    static @Nullable Slice last(List<Member> members, String name) {
        Slice found = null;
        for (Member member : members) {
            if (member.name.equals(name)) {
                found = member.value;
            }
        }
        return found;
    }
}
