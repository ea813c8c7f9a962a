package dev.ebbgate.dialects;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds single bytes eight at a time.
///
/// The zero-byte test is the one of Mycroft (1987), as in Warren, "Hacker's Delight", §6-1: in `(x
/// - 0x01…) & ~x & 0x80…` the lowest bit set marks the first zero byte exactly; only bits above it
///   may be wrong, and a little-endian read makes the lowest the first.
final class ByteSearch {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long TOPS = 0x8080808080808080L;
    private static final long LFS = ONES * '\n';
    private static final long CRS = ONES * '\r';
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    private ByteSearch() {}

    /// The index of the first LF or CR, or `to`.
    static int lineEnd(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long hits = zeros(word ^ LFS) | zeros(word ^ CRS);
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /// The index of the first byte that a JSON string cannot hold as it is (quote, backslash,
    /// control character), or `to`.
    static int stringStop(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(bytes, at);
            long controls = (word - SPACES) & ~word & TOPS;
            long hits = zeros(word ^ QUOTES) | zeros(word ^ BACKSLASHES) | controls;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        while (at < to && !stopsString(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean stopsString(byte octet) {
        return octet == '"' || octet == '\\' || (octet >= 0 && octet < ' ');
    }

    private static long zeros(long word) {
        return (word - ONES) & ~word & TOPS;
    }
}
