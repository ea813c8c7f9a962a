package dev.ebbgate.tools.degrade;

import dev.ebbgate.core.tool.Decision;

import org.jspecify.annotations.Nullable;

/// An answer that says whether it is the tool's own.
///
/// @param value secret, like any result
/// @param why what became of the tool for which something else stands in; null if it answered
///   itself
public record Degradable<R>(R value, @Nullable Decision why) {

    public boolean isDegraded() {
        return why != null;
    }

    @Override
    public String toString() {
        return why == null ? "the tool's own answer" : "a stand-in, for it " + why.text();
    }
}
