package dev.ebbgate.tools;

/// One call of a batch.
///
/// @param options its call id, which is not empty, names its result
public record ToolRequest<A, R>(Tool<A, R> tool, A args, ToolOptions options) {

    public ToolRequest {
        if (options.callId().isEmpty()) {
            throw new IllegalArgumentException("a call of a batch has an id");
        }
    }

    public static <A, R> ToolRequest<A, R> of(Tool<A, R> tool, A args, String callId) {
        return new ToolRequest<>(tool, args, ToolOptions.call(callId));
    }

    @Override
    public String toString() {
        return "call " + options.callId() + " of " + tool.name();
    }
}
