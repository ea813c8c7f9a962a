package dev.ebbgate.sim.script;

/// The time until the first token.
public sealed interface Prefill {

    /// The same time whatever the prompt, however many are waiting.
    record Fixed(long nanos) implements Prefill {}

    /// By prompt size along the measured curve, and divided among all that prefill at once.
    record Curve() implements Prefill {}
}
