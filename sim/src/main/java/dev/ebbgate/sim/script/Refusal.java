package dev.ebbgate.sim.script;

/// An answer other than the model's: its status, its body and its Retry-After in seconds (-1:
/// none); and what becomes of a request that ends with the assistant's own words.
public record Refusal(int status, Body body, int retryAfter, Prefilled prefilled) {

    /// How words of the assistant's at the end of a request are taken.
    public enum Prefilled {
        /// If the answer begins with them, what is behind them is said.
        CONTINUED,
        /// The answer is said as a whole.
        REPEATED,
        /// The request is refused with 400.
        REFUSED
    }

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

    /// The same for a request that must not end as it does.
    Refusal ofPrefilled() {
        return new Refusal(400, Body.AUTO, -1, prefilled);
    }

    static Refusal of(Terms terms) {
        return new Refusal(
                (int) terms.number("status", 200, 599),
                terms.choice("body", Body.class),
                terms.count("retry-after", -1),
                terms.choice("prefilled", Prefilled.class));
    }
}
