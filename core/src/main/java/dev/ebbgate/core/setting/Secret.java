package dev.ebbgate.core.setting;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;

/// A key or another text that no log line can print by accident.
public final class Secret {

    private final String value;

    public Secret(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret is not empty");
        }
        this.value = value;
    }

    /// The text itself, for the one place that sends it.
    public String reveal() {
        return value;
    }

    /// Whether `presented` is this secret, in a time that does not tell how much of it agrees.
    public boolean matches(String presented) {
        return MessageDigest.isEqual(units(value), units(presented));
    }

    /// UTF-16 code units as bytes: the charsets live in `java.nio`, which the heart does not touch.
    private static byte[] units(String text) {
        byte[] bytes = new byte[text.length() * 2];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
