package dev.ebbgate.gateway.door;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The path of a request, apart from the tag that may stand before it: `/tag/nightly/v1/messages`.
/// Whatever an SDK is told as its base URL it keeps, while a header has to be set in code.
///
/// @param tag null where the path has none
record TaggedPath(@Nullable String tag, String path) {

    private static final String PREFIX = "/tag/";
    private static final Pattern WRITTEN = Pattern.compile("/tag/([A-Za-z0-9._-]{1,64})(/.*)");

    /// Whether a path that is none has what should be a tag.
    static boolean isTagWrong(String path) {
        return path.startsWith(PREFIX);
    }

    /// A path with something else behind `/tag/` is left as it is, and is then none that is served.
    static TaggedPath of(@Nullable String written) {
        String path = String.valueOf(written);
        if (!path.startsWith(PREFIX)) {
            return new TaggedPath(null, path);
        }
        Matcher tagged = WRITTEN.matcher(path);
        return tagged.matches()
                ? new TaggedPath(tagged.group(1), tagged.group(2))
                : new TaggedPath(null, path);
    }
}
