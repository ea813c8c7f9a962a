package dev.ebbgate.sim.script;

/// What leaves before the prefill is over. `AUTO` is the head for a stream and nothing for a
/// buffered answer.
public enum Lead {
    AUTO,
    NONE,
    HEAD,
    PREAMBLE
}
