package dev.ebbgate.ledger.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Bytes that grow as they are written. Numbers take seven bits a byte, the low ones first.
public final class Packed {

    private static final int MORE = 0x80;
    private static final int LOW = 0x7f;
    private static final int BITS = 7;

    private byte[] bytes;
    private int length;

    public Packed(int capacity) {
        this.bytes = new byte[capacity];
    }

    /// Starts over.
    public Packed clear() {
        length = 0;
        return this;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public Packed octet(int value) {
        room(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /// Writes a number that is not negative.
    public Packed number(long value) {
        room(Long.BYTES + 2);
        long rest = value;
        while ((rest & ~(long) LOW) != 0) {
            bytes[length++] = (byte) ((rest & LOW) | MORE);
            rest >>>= BITS;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /// Writes a number that may be negative, and is near 0.
    public Packed signed(long value) {
        return number((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    public Packed text(String text) {
        return octets(text.getBytes(UTF_8));
    }

    public Packed octets(byte[] more) {
        return octets(more, more.length);
    }

    /// Writes the first so many of these bytes, with their number before them.
    public Packed octets(byte[] more, int count) {
        number(count);
        room(count);
        System.arraycopy(more, 0, bytes, length, count);
        length += count;
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
