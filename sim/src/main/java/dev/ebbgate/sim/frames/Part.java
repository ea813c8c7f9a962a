package dev.ebbgate.sim.frames;

/// What a piece of an answer belongs to.
public enum Part {
    REASONING,
    TEXT,
    TOOL
}
