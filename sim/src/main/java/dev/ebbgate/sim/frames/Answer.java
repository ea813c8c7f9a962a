package dev.ebbgate.sim.frames;

/// What an answer's frames have in common. `choices` is -2 where the member is missing altogether;
/// `created` is in seconds of the epoch and, as `seed` makes it, the same on every run.
public record Answer(
        long seed,
        String model,
        int choices,
        int promptTokens,
        int completionTokens,
        int reasoningTokens,
        boolean tool,
        boolean usage) {

    private static final long FIRST_CREATED = 1_790_000_000L;

    public long created() {
        return FIRST_CREATED + Math.floorMod(seed, 1_000_000L);
    }

    /// The model's name as JSON text, quotes included.
    public String modelText() {
        return Text.quoted(model);
    }

    /// An identifier that begins as given and goes on as the seed wants.
    public String id(String prefix, int salt) {
        return prefix + new Voice(seed * 31 + salt).letters(24);
    }
}
