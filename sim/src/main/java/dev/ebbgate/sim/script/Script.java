package dev.ebbgate.sim.script;

/// How one request is answered, read from the model's name (`sim:stall;tokens=3`) and the request
/// header `x-sim` (`prefill=30s`), which overrides it.
///
/// A script is a list of terms separated by `;`, `,` or blanks. A term is `key=value`
/// ([Terms#keys()] has all keys and defaults) or the name of a scenario ([Scenarios#all()]), which
/// stands for the terms in that table; later terms override earlier ones. Any model name that does
/// not begin with `sim:` is answered by the simulator's default script. Durations are written
/// `250ms`, `30s`, `1m30s` or `off`, sizes `512`, `64KiB`, `8MiB`.
///
/// The course of an answer: what `lead` says leaves at once; `prefill` passes; `reasoning` and then
/// `tokens` tokens leave at `rate`; the finish reason, if `finish`; the `end`. With `keep-alive` a
/// comment, a ping or (buffered) a blank leaves in every wait, a hang included. All of it is the
/// same for the same seed. `docs/simulated-provider.md` has the tables.
public record Script(
        Lead lead,
        Pace pace,
        Content content,
        Close close,
        Refusal refusal,
        Outage outage,
        Wire wire,
        String text) {

    private static final String MARK = "sim:";

    /// What a simulator does where a script says nothing: its own script, seed and speed.
    public record Setting(String script, long seed, double speed) {}

    /// The script of a request for `model` with the header's terms (empty: none).
    public static Script of(String model, String header, Setting setting) {
        String named = model.startsWith(MARK) ? model.substring(MARK.length()) : "";
        return read(Terms.of(setting.script(), named, header), setting);
    }

    /// This script while the provider is down.
    public Script whileDown(Setting setting) {
        return read(Terms.of(outage.script(), "speed=" + pace.speed()), setting);
    }

    /// This script for a request that ends with these words of the assistant's (empty: none).
    public Script prefilled(String words) {
        return words.isEmpty() || refusal.prefilled() != Refusal.Prefilled.REFUSED
                ? this
                : new Script(lead, pace, content, close, refusal.ofPrefilled(), outage, wire, text);
    }

    /// What of these words of the assistant's the answer need not say again.
    public String said(String words) {
        return refusal.prefilled() == Refusal.Prefilled.CONTINUED ? words : "";
    }

    private static Script read(Terms terms, Setting setting) {
        return new Script(
                terms.choice("lead", Lead.class),
                Pace.of(terms, setting.speed()),
                Content.of(terms, setting.seed()),
                Close.of(terms),
                Refusal.of(terms),
                Outage.of(terms),
                Wire.of(terms),
                terms.toString());
    }
}
