package dev.ebbgate.core.limit;

/// A limit in force: its value and where that was set.
///
/// @param source a key path (`routes.coder.timeouts.stream-idle`), the same where an operator set
///   it (`admin routes.coder.timeouts.stream-idle`), a header (`header x-ebbgate-deadline`) or
///   `default`
public record ResolvedLimit(Limit limit, Span value, String source) {

    /// The source of a value that nobody wrote.
    public static final String DEFAULT = "default";

    /// Before a header's name, where that is the source.
    public static final String HEADER = "header ";

    /// Before a key path, where an operator set it while the gateway ran.
    public static final String ADMIN = "admin ";

    public static ResolvedLimit byDefault(Limit limit) {
        return new ResolvedLimit(limit, limit.byDefault(), DEFAULT);
    }

    /// Whether the client set it, with a header of this request.
    public boolean isClients() {
        return source.startsWith(HEADER);
    }
}
