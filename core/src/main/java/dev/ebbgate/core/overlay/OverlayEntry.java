package dev.ebbgate.core.overlay;

import org.jspecify.annotations.Nullable;

/// One key that an operator changed.
///
/// @param value as JSON, with variables as they were written; null where the file's own value is to
///   be taken for absent
/// @param atMillis when it was changed, in milliseconds since 1970 UTC
public record OverlayEntry(OverlayKey key, @Nullable String value, long atMillis) {

    /// Values may be keys.
    @Override
    public String toString() {
        return key.path() + (value == null ? " hidden" : " = ***");
    }
}
