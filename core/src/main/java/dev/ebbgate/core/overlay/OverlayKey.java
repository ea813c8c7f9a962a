package dev.ebbgate.core.overlay;

/// Which key of the configuration an operator changed.
///
/// @param name the route's or the provider's
/// @param key the keys below it, joined by dots: `timeouts.stream-idle`; empty for all of it
public record OverlayKey(Section section, String name, String key) {

    /// The parts of the configuration that can be changed while it runs.
    public enum Section {
        PROVIDERS("providers"),
        ROUTES("routes");

        private final String key;

        Section(String key) {
            this.key = key;
        }

        /// The name in the configuration.
        public String key() {
            return key;
        }
    }

    public OverlayKey {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a name is not blank");
        }
    }

    /// Whether it stands for a whole route or provider.
    public boolean isWhole() {
        return key.isEmpty();
    }

    /// Whether it is of this route or provider.
    public boolean isOf(Section ofSection, String ofName) {
        return section == ofSection && name.equals(ofName);
    }

    /// Whether one of the two holds the other: `keep-alive` and `keep-alive.after`.
    public boolean overlaps(OverlayKey other) {
        return other.isOf(section, name) && (isWithin(key, other.key) || isWithin(other.key, key));
    }

    private static boolean isWithin(String outer, String inner) {
        return outer.isEmpty() || inner.equals(outer) || inner.startsWith(outer + ".");
    }

    /// The key's path: `routes.coder.timeouts.stream-idle`.
    public String path() {
        return section.key + "." + name + (key.isEmpty() ? "" : "." + key);
    }
}
