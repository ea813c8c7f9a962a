package dev.ebbgate.gateway.admin;

/// What was found out about a provider.
///
/// @param message what happened, in one line; no key, nothing of what the provider wrote
/// @param next what to do about it
record Finding(Kind kind, String message, String next) {

    /// The same of one thing among several.
    Finding with(String which) {
        return new Finding(kind, which + ": " + message, next);
    }

    /// What is the matter.
    enum Kind {
        OK("ok"),
        SHAPE("shape"),
        CREDENTIALS("credentials"),
        RATE_LIMIT("rate-limit"),
        CONNECTIVITY("connectivity"),
        TLS("tls"),
        UPSTREAM_HEALTH("upstream-health"),
        PATH("path"),
        MODEL("model");

        private final String key;

        Kind(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }
}
