package dev.ebbgate.core.limit;

/// A limit in force: its value and where that was set.
///
/// @param source a key path (`routes.coder.timeouts.stream-idle`), a header (`header
///   x-ebbgate-deadline`) or `default`
public record ResolvedLimit(Limit limit, Span value, String source) {

    /// The source of a value that nobody wrote.
    public static final String DEFAULT = "default";

    public static ResolvedLimit byDefault(Limit limit) {
        return new ResolvedLimit(limit, limit.byDefault(), DEFAULT);
    }
}
