package dev.ebbgate.core.ledger;

/// The names of exchanges: `ebb-`, the moment of arrival, and chance. They sort by time, and tell a
/// ledger where to look.
public final class ExchangeId {

    private static final String PREFIX = "ebb-";

    /// 32 that nobody mistakes for another, in the order of ASCII.
    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int BITS_PER_DIGIT = 5;
    private static final int TIME = 9;
    private static final int CHANCE = 8;
    private static final int LENGTH = PREFIX.length() + TIME + CHANCE;

    private ExchangeId() {}

    /// A name.
    ///
    /// @param millis when the request arrived, in milliseconds since 1970 UTC
    /// @param random of which 40 bits are used
    public static String of(long millis, long random) {
        char[] id = new char[LENGTH];
        PREFIX.getChars(0, PREFIX.length(), id, 0);
        write(id, PREFIX.length(), TIME, millis);
        write(id, PREFIX.length() + TIME, CHANCE, random);
        return new String(id);
    }

    private static void write(char[] id, int from, int length, long bits) {
        long rest = bits;
        for (int i = from + length - 1; i >= from; i--) {
            id[i] = DIGITS.charAt((int) rest & (DIGITS.length() - 1));
            rest >>>= BITS_PER_DIGIT;
        }
    }

    /// When that exchange arrived, in milliseconds since 1970 UTC; -1 where the name is none of
    /// ours.
    public static long millis(String id) {
        if (id.length() != LENGTH || !id.startsWith(PREFIX)) {
            return -1;
        }
        return chance(id) < 0 ? -1 : read(id, PREFIX.length(), TIME);
    }

    /// The chance in the name of an exchange; -1 where it is no such name.
    public static long chance(String id) {
        return id.length() == LENGTH ? read(id, PREFIX.length() + TIME, CHANCE) : -1;
    }

    private static long read(String id, int from, int length) {
        long bits = 0;
        for (int i = from; i < from + length; i++) {
            int digit = DIGITS.indexOf(id.charAt(i));
            if (digit < 0) {
                return -1;
            }
            bits = bits << BITS_PER_DIGIT | digit;
        }
        return bits;
    }
}
