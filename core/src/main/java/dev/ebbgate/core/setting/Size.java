package dev.ebbgate.core.setting;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A number of bytes. Written `512B`, `64KiB`, `32MiB` or `1GiB`; never a bare number.
public record Size(long bytes) {

    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;
    private static final long GIB = 1024 * MIB;
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");

    public Size {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a size is positive");
        }
    }

    public static Size ofKiB(long count) {
        return new Size(Math.multiplyExact(count, KIB));
    }

    public static Size ofMiB(long count) {
        return new Size(Math.multiplyExact(count, MIB));
    }

    /// Reads a size as people write it.
    ///
    /// @throws IllegalArgumentException with a message that says what to write instead
    public static Size parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a size; write for example 512B, 64KiB, 32MiB or 1GiB");
        }
        long count = Long.parseLong(written.group(1));
        if (count == 0) {
            throw new IllegalArgumentException("0 would let nothing pass; write for example 32MiB");
        }
        return new Size(Math.multiplyExact(count, unit(written.group(2))));
    }

    /// The way to write it, in the largest unit that is exact.
    @Override
    public String toString() {
        if (bytes % GIB == 0) {
            return bytes / GIB + "GiB";
        }
        if (bytes % MIB == 0) {
            return bytes / MIB + "MiB";
        }
        return bytes % KIB == 0 ? bytes / KIB + "KiB" : bytes + "B";
    }

    private static long unit(String suffix) {
        return switch (suffix) {
            case "GiB" -> GIB;
            case "MiB" -> MIB;
            case "KiB" -> KIB;
            default -> 1;
        };
    }
}
