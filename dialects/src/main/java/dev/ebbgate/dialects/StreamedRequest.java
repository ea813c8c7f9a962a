package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A buffered request put to the provider as one for a stream.
public final class StreamedRequest {

    private static final String STREAM = "stream";
    private static final String STREAM_OPTIONS = "stream_options";
    private static final String INCLUDE_USAGE = "include_usage";

    private StreamedRequest() {}

    /// A copy of the body that asks for a stream, for OpenAI one that tells the usage at its end;
    /// every other byte is as it was. Positions in a [RequestHead] of the body hold no longer.
    ///
    /// @param body one that [RequestHead#read] has accepted
    public static byte[] of(Operation operation, byte[] body) {
        Slice all = Slice.of(body);
        List<Member> members = Member.of(all);
        Edits edits = new Edits(all);
        set(edits, behindBrace(body), members, STREAM, "true");
        if (operation.dialect() == Dialect.OPENAI) {
            askForUsage(edits, behindBrace(body), members);
        }
        return edits.applied();
    }

    private static void askForUsage(Edits edits, int begin, List<Member> members) {
        Slice options = Member.last(members, STREAM_OPTIONS);
        if (options == null || options.first() != '{') {
            set(edits, begin, members, STREAM_OPTIONS, "{\"include_usage\":true}");
            return;
        }
        List<Member> inner = Member.of(options);
        set(edits, options.from() + 1, inner, INCLUDE_USAGE, "true");
    }

    /// Replaces the member's value, or makes it the first of the object that begins there.
    private static void set(
            Edits edits, int begin, List<Member> members, String name, String value) {
        @Nullable Slice old = Member.last(members, name);
        if (old != null) {
            edits.replace(old, value);
        } else {
            String comma = members.isEmpty() ? "" : ",";
            edits.insert(begin, "\"" + name + "\":" + value + comma);
        }
    }

    private static int behindBrace(byte[] body) {
        int at = 0;
        while (body[at] != '{') {
            at++;
        }
        return at + 1;
    }
}
