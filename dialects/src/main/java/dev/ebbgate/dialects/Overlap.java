package dev.ebbgate.dialects;

import java.util.Arrays;

/// How much of a continuation has been said already.
///
/// A target that continues well repeats nothing, so a repetition is only believed where it is no
/// accident: it is the whole text, of [#SHORTEST_WHOLE] to [#LONGEST_REPEAT] characters, or its end
/// within [#LOOK_BACK]; the end has at least [#SHORTEST_REPEAT] characters and does not begin
/// within a word; and neither the text nor the repetition is going in circles there (a ruler, a
/// table, equal lines), where one round more is as likely meant. White space before a repetition
/// goes with it. What was cut off the text before it was given to the target (white space at its
/// end, half a surrogate pair) the target says anew; that is recognised at any length.
///
/// While a repetition can still turn out to be one, [#settled] is false. Not thread-safe.
final class Overlap {

    /// Shorter repetitions happen in good continuations.
    static final int SHORTEST_REPEAT = 16;

    /// Who says the whole text again has begun anew; but "ha" may go on as "haha".
    static final int SHORTEST_WHOLE = 5;

    /// How far back a repetition of less than the whole text may begin.
    static final int LOOK_BACK = 1024;

    /// A longer text is not sought as a whole: its repetition would have to be held.
    static final int LONGEST_REPEAT = 16 * LOOK_BACK;

    private final String said;
    private final Search exact;

    /// What comes after the continuation's first white space.
    private final Search indented;

    private int indent;
    private boolean indenting = true;

    /// @param said all that the client has been told
    /// @param cut how many characters at its end the target has not been given
    Overlap(String said, int cut) {
        this.said = said;
        this.exact = new Search(cut);
        this.indented = new Search(0);
    }

    /// Takes the next piece of the continuation.
    void add(String text) {
        if (text.isEmpty() || settled()) {
            return;
        }
        exact.add(text);
        String rest = text;
        if (indenting) {
            rest = text.stripLeading();
            indent += text.length() - rest.length();
            indenting = rest.isEmpty();
            if (!indenting && indent == 0) {
                indented.length = 0;
            }
        }
        indented.add(rest);
    }

    /// Nothing more comes.
    void end() {
        exact.end();
        indented.end();
    }

    boolean settled() {
        return exact.settled() && (exact.length >= SHORTEST_REPEAT || indented.settled());
    }

    /// How many characters at the beginning of the continuation are to be left out.
    int length() {
        return exact.length < SHORTEST_REPEAT && indented.length > 0
                ? indent + indented.length
                : exact.length;
    }

    /// The longest beginning of what comes that is an end of what was said.
    private final class Search {
        private static final int UNKNOWN = -1;

        private final int cut;
        private int[] starts;
        private int came;
        private int length = UNKNOWN;

        Search(int cut) {
            this.cut = cut;
            this.starts = starts();
        }

        boolean settled() {
            return length != UNKNOWN;
        }

        void add(String text) {
            if (!settled() && !text.isEmpty()) {
                settle(text, false);
                came += text.length();
            }
        }

        void end() {
            if (!settled()) {
                settle("", true);
            }
        }

        /// Where in the text a repetition may begin, the longest first.
        private int[] starts() {
            int[] found = new int[LOOK_BACK + cut + 2];
            int count = 0;
            int oldest = Math.max(0, said.length() - Math.max(LOOK_BACK, cut));
            if (oldest > 0 && said.length() <= LONGEST_REPEAT) {
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
            int left = said.length() - start;
            return isCutOff(start)
                    || (start == 0 && left >= SHORTEST_WHOLE)
                    || (left >= SHORTEST_REPEAT && !isWithinWord(start));
        }

        private boolean isCutOff(int start) {
            return start >= said.length() - cut;
        }

        private boolean isWithinWord(int start) {
            return Character.isLetterOrDigit(said.charAt(start))
                    && Character.isLetterOrDigit(said.charAt(start - 1));
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
