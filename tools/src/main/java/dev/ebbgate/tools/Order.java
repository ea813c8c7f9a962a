package dev.ebbgate.tools;

import dev.ebbgate.core.tool.RunPolicy;
import dev.ebbgate.tools.event.RunId;

import org.jspecify.annotations.Nullable;

/// What is to be run.
///
/// @param parent the body that calls it, or null
/// @param delegated whether it does the work of that body
/// @param startNanos when it was called
record Order<A, R>(
        Tool<A, R> tool,
        A args,
        ToolOptions options,
        RunPolicy policy,
        RunId id,
        @Nullable Body<?, ?> parent,
        boolean delegated,
        long startNanos) {

    /// The same with other options.
    Order<A, R> with(ToolOptions other) {
        return new Order<>(tool, args, other, policy, id, parent, delegated, startNanos);
    }

    /// What is known of the runs that the calling run began; null where no run calls.
    @Nullable Offspring callersOffspring() {
        return parent == null ? null : parent.owner().offspring();
    }
}
