package dev.ebbgate.ledger.pack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// Reads what [Packed] wrote, in the same order.
public final class Unpacked {

    private static final int MORE = 0x80;
    private static final int LOW = 0x7f;
    private static final int BITS = 7;

    private final byte[] bytes;
    private int at;

    public Unpacked(byte[] bytes) {
        this.bytes = bytes;
    }

    public boolean isAtEnd() {
        return at >= bytes.length;
    }

    public int octet() {
        return bytes[at++] & 0xff;
    }

    public long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (long) (next & LOW) << shift;
            shift += BITS;
        } while ((next & MORE) != 0);
        return value;
    }

    public int count() {
        return Math.toIntExact(number());
    }

    public long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    public String text() {
        int length = count();
        String text = new String(bytes, at, length, UTF_8);
        at += length;
        return text;
    }

    /// The bytes that were written with their number, without a copy.
    public ByteBuffer octets() {
        int length = count();
        ByteBuffer range = ByteBuffer.wrap(bytes, at, length).slice();
        at += length;
        return range;
    }
}
