package dev.ebbgate.sim.frames;

import java.util.List;
import java.util.SplittableRandom;

/// A seeded source of words: the same seed says the same.
public final class Voice {

    private static final List<String> WORDS =
            List.of(
                    "the", "tide", "falls", "and", "a", "gate", "opens", "slowly", "over", "mud",
                    "while", "boats", "wait", "for", "water", "that", "will", "come", "back", "in",
                    "its", "own", "time", "as", "every", "harbour", "knows", "by", "heart",
                    "again");
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SplittableRandom random;

    public Voice(long seed) {
        random = new SplittableRandom(seed);
    }

    /// The next token: a word with a blank before it, filled up to `bytes` if it is shorter.
    public String token(int bytes) {
        String word = " " + WORDS.get(random.nextInt(WORDS.size()));
        return word.length() >= bytes ? word : word + "~".repeat(bytes - word.length());
    }

    /// A share from -1 to 1.
    public double swing() {
        return random.nextDouble(-1, 1);
    }

    String letters(int count) {
        StringBuilder out = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            out.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return out.toString();
    }
}
