package dev.ebbgate.tools;

import dev.ebbgate.tools.settings.ToolSettings;

/// Something that a model, or a program, can call.
///
/// @param <A> its arguments; secret: they are never printed
/// @param <R> its result, never null and never lazy: a `Stream` or `Iterator` would be read outside
///   every limit, so one that is returned counts as a failure; [ToolContext#emit] is for streaming
public interface Tool<A, R> {

    /// The name by which places are counted and errors are told.
    String name();

    /// How it is to be run.
    default ToolSettings settings() {
        return ToolSettings.DEFAULT;
    }

    /// Does the work, on a virtual thread of its own.
    R call(A args, ToolContext ctx) throws Exception;

    /// What a tool does.
    @FunctionalInterface
    interface Body<A, R> {
        R call(A args, ToolContext ctx) throws Exception;
    }

    /// A tool of these three parts.
    static <A, R> Tool<A, R> of(String name, ToolSettings settings, Body<A, R> body) {
        return new PlainTool<>(name, settings, body);
    }
}
