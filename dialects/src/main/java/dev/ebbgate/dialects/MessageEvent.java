package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One event of an Anthropic stream, taken apart.
///
/// @param type as the data has it, else as the event is named
record MessageEvent(String type, Slice data, List<Member> members) {

    static MessageEvent of(EventFields fields) {
        Slice data = fields.dataSlice();
        List<Member> members = Member.of(data);
        Slice type = Member.last(members, "type");
        String name = type != null && type.isString() ? type.inside().decoded() : fields.name();
        return new MessageEvent(name, data, members);
    }

    /// An event of a type that is known; its data need not tell.
    static MessageEvent of(String type, Slice data) {
        return new MessageEvent(type, data, Member.of(data));
    }

    /// The value of this member of the data.
    @Nullable Slice member(String name) {
        return Member.last(members, name);
    }

    /// The value at this path of members.
    @Nullable Slice member(String outer, String inner) {
        return Member.last(Member.of(member(outer)), inner);
    }

    /// The text at this path of members; empty where there is none.
    String word(String outer, String inner) {
        Slice value = member(outer, inner);
        return value != null && value.isString() ? value.inside().decoded() : "";
    }

    /// The number of the block it speaks of; 0 where it does not say.
    long index() {
        Slice index = member("index");
        if (index == null) {
            return 0;
        }
        JsonScanner json = new JsonScanner().over(index.bytes(), index.from(), index.to());
        return Math.max(0, json.readInteger());
    }
}
