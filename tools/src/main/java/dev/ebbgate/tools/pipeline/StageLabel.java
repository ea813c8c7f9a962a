package dev.ebbgate.tools.pipeline;

/// What kind of work a stage does: for those who read events and results. It changes nothing.
public enum StageLabel {
    TRANSFORM,
    ENRICH,
    ROUTE,
    GUARD,
    WORK,
    AGENT
}
