package dev.ebbgate.dialects;

import java.util.Arrays;

/// How much of a continuation has been said already.
///
/// A target that continues well repeats nothing, so a repetition is only believed where it is no
/// accident: it is the whole text up to [#LONGEST_REPEAT], or its end within [#LOOK_BACK]; it has
/// at least [#SHORTEST_REPEAT] characters and begins with a word; and neither the text nor the
/// repetition is going in circles there (a ruler, a table, equal lines), where one round more is as
/// likely meant. What was cut off the text before it was given to the target (white space at its
/// end, half a surrogate pair) the target says anew; that is recognised at any length.
///
/// While a repetition can still turn out to be one, [#settled] is false. Not thread-safe.
final class Overlap {

    /// Shorter repetitions happen in good continuations.
    static final int SHORTEST_REPEAT = 16;

    /// How far back a repetition of less than the whole text may begin.
    static final int LOOK_BACK = 1024;

    /// A longer text is not sought as a whole: its repetition would have to be held.
    static final int LONGEST_REPEAT = 16 * LOOK_BACK;

    private static final int UNKNOWN = -1;

    private final String said;
    private final int cut;
    private int[] starts;
    private int came;
    private int length = UNKNOWN;

    /// @param said all that the client has been told
    /// @param cut how many characters at its end the target has not been given
    Overlap(String said, int cut) {
        this.said = said;
        this.cut = cut;
        this.starts = starts();
    }

    /// Takes the next piece of the continuation.
    void add(String text) {
        if (!settled() && !text.isEmpty()) {
            settle(text, false);
            came += text.length();
        }
    }

    /// Nothing more comes.
    void end() {
        if (!settled()) {
            settle("", true);
        }
    }

    boolean settled() {
        return length != UNKNOWN;
    }

    /// How many characters at the beginning of the continuation are to be left out.
    int length() {
        return length;
    }

    /// Where in the text a repetition may begin, the longest first.
    private int[] starts() {
        int[] found = new int[LOOK_BACK + cut + 2];
        int count = 0;
        int oldest = Math.max(0, said.length() - Math.max(LOOK_BACK, cut));
        if (oldest > 0 && said.length() <= LONGEST_REPEAT && mayRepeat(0)) {
            found[count++] = 0;
        }
        for (int start = oldest; start < said.length(); start++) {
            if (mayRepeat(start)) {
                found[count++] = start;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean mayRepeat(int start) {
        return isCutOff(start) || (said.length() - start >= SHORTEST_REPEAT && beginsWord(start));
    }

    private boolean isCutOff(int start) {
        return start >= said.length() - cut;
    }

    /// The text as a whole may begin with anything.
    private boolean beginsWord(int start) {
        return start == 0
                || (Character.isLetterOrDigit(said.charAt(start))
                        && !Character.isLetterOrDigit(said.charAt(start - 1)));
    }

    /// Looks on at those starts that all that came before has agreed with.
    private void settle(String text, boolean last) {
        int alive = 0;
        for (int start : starts) {
            int left = Math.max(0, said.length() - start - came);
            int common = Math.min(left, text.length());
            boolean same = common == 0 || said.regionMatches(start + came, text, 0, common);
            if (!same || (came == 0 && !isCutOff(start) && circles(start))) {
                continue;
            }
            boolean whole = common == left;
            if (whole && alive == 0) {
                length = said.length() - start;
                return;
            }
            if (whole || !last) {
                starts[alive++] = start;
            }
        }
        starts = Arrays.copyOf(starts, alive);
        if (alive == 0) {
            length = 0;
        }
    }

    /// Whether the text from here on is some shorter text more than once, or was there just before.
    private boolean circles(int start) {
        String tail = said.substring(start);
        return said.startsWith(tail, start - tail.length()) || 2 * period(tail) <= tail.length();
    }

    /// The shortest distance at which the text repeats itself; the border function of Knuth, Morris
    /// and Pratt (1977).
    private static int period(String text) {
        int[] border = new int[text.length() + 1];
        border[0] = -1;
        int matched = -1;
        for (int i = 0; i < text.length(); i++) {
            while (matched >= 0 && text.charAt(i) != text.charAt(matched)) {
                matched = border[matched];
            }
            matched++;
            border[i + 1] = matched;
        }
        return text.length() - matched;
    }
}
