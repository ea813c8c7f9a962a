package dev.ebbgate.core.ledger;

import org.jspecify.annotations.Nullable;

/// Where an exchange stands in a trace that several programs tell, as W3C Trace Context has it. The
/// spans of its attempts follow from its own: nothing of them is kept while it runs.
///
/// @param id the trace's, 32 hexadecimal digits
/// @param parent the span of whoever asked, 16 hexadecimal digits; null where the trace begins here
/// @param span the exchange's own, not 0
/// @param flags as they are passed on
public record Trace(String id, @Nullable String parent, long span, int flags) {

    /// The header that says it.
    public static final String PARENT = "traceparent";

    private static final int SAMPLED = 1;

    /// Whether the trace's digits are all drawn by chance, so that others may sample by them.
    private static final int RANDOM = 2;

    private static final int WHOLE = 55;
    private static final int PARENT_FROM = 36;
    private static final int FLAGS_FROM = 53;
    private static final String HEX = "0123456789abcdef";

    /// A trace that begins here.
    ///
    /// @param high 64 bits of chance
    /// @param low 64 bits of chance, by which it is decided whether the trace is kept
    /// @param span 64 bits of chance
    /// @param share of such traces that are kept, 0 to 1
    public static Trace root(long high, long low, long span, double share) {
        boolean kept = (low >>> 11) * 0x1p-53 < share;
        int flags = kept ? RANDOM | SAMPLED : RANDOM;
        return new Trace(hex(high) + hex(notZero(low)), null, notZero(span), flags);
    }

    /// The trace of whoever asked, or null if this is no `traceparent`.
    ///
    /// @param span 64 bits of chance
    public static @Nullable Trace of(@Nullable String traceparent, long span) {
        if (traceparent == null || !isWellFormed(traceparent)) {
            return null;
        }
        String id = traceparent.substring(3, PARENT_FROM - 1);
        String parent = traceparent.substring(PARENT_FROM, FLAGS_FROM - 1);
        int flags = Integer.parseInt(traceparent, FLAGS_FROM, WHOLE, 16) & (SAMPLED | RANDOM);
        return isZero(id) || isZero(parent) ? null : new Trace(id, parent, notZero(span), flags);
    }

    /// `00-<32 digits>-<16 digits>-<2 digits>`; a later version may have more behind another dash.
    private static boolean isWellFormed(String text) {
        if (text.length() < WHOLE || text.startsWith("ff")) {
            return false;
        }
        for (int i = 0; i < WHOLE; i++) {
            boolean dash = i == 2 || i == PARENT_FROM - 1 || i == FLAGS_FROM - 1;
            if (dash ? text.charAt(i) != '-' : HEX.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return text.length() == WHOLE || (!text.startsWith("00") && text.charAt(WHOLE) == '-');
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    /// Whether its spans are kept.
    public boolean sampled() {
        return (flags & SAMPLED) != 0;
    }

    /// The exchange's own span, as 16 hexadecimal digits.
    public String spanId() {
        return hex(span);
    }

    /// The span of an attempt, as 16 hexadecimal digits.
    ///
    /// @param number counted from 1
    public String spanId(int number) {
        return hex(notZero(mixed(span + number * 0x9e3779b97f4a7c15L)));
    }

    /// What the provider is told in an attempt.
    ///
    /// @param number counted from 1
    public String traceparent(int number) {
        return "00-" + id + "-" + spanId(number) + "-0" + HEX.charAt(flags);
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): neighbours become strangers.
    private static long mixed(long bits) {
        long first = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
        return second ^ (second >>> 31);
    }

    private static long notZero(long bits) {
        return bits == 0 ? 1 : bits;
    }

    private static String hex(long bits) {
        char[] digits = new char[16];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = HEX.charAt((int) (bits >>> (60 - 4 * i)) & 15);
        }
        return new String(digits);
    }
}
