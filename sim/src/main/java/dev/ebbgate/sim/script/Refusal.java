package dev.ebbgate.sim.script;

/// An answer other than the model's: its status, its body and its Retry-After in seconds (-1:
/// none).
public record Refusal(int status, Body body, int retryAfter) {

    /// What stands in place of the answer. `AUTO` is the model's answer under status 200 and an
    /// error of the dialect otherwise.
    public enum Body {
        AUTO,
        JSON,
        HTML,
        EMPTY
    }

    /// Whether the model's answer is given after all.
    public boolean none() {
        return status == 200 && body == Body.AUTO;
    }

    static Refusal of(Terms terms) {
        return new Refusal(
                (int) terms.number("status", 200, 599),
                terms.choice("body", Body.class),
                terms.count("retry-after", -1));
    }
}
