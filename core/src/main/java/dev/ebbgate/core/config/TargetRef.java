package dev.ebbgate.core.config;

/// A target as a route names it: `provider/model`, split at the first slash.
///
/// @param model `*` stands for the whole name that was asked for
public record TargetRef(String provider, String model) {

    /// The model that stands for whatever was asked for.
    public static final String ASKED = "*";

    public TargetRef {
        if (provider.isBlank() || model.isBlank()) {
            throw new IllegalArgumentException("a target is provider/model");
        }
        if (!(provider + model).chars().allMatch(c -> c >= ' ' && c != 0x7f)) {
            throw new IllegalArgumentException(
                    "a target has no control characters; write provider/model");
        }
        if (model.indexOf('*') >= 0 && !model.equals(ASKED)) {
            throw new IllegalArgumentException(
                    "a star stands for the whole model; write " + provider + "/*");
        }
    }

    /// Reads a target.
    ///
    /// @throws IllegalArgumentException with a message that says what to write instead
    public static TargetRef parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a target; write provider/model");
        }
        return new TargetRef(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return provider + "/" + model;
    }
}
