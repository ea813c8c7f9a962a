package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.failure.Meaning;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// An error as a provider told it: as the body of an error status, or inside a 200.
///
/// Its text may quote the prompt, so [#toString] does not show it. Immutable, as long as nobody
/// writes into [#json].
public final class ProviderError {

    static final int MAX_WORD = 100;
    static final int MAX_MESSAGE = 500;

    private static final int OVERLOADED = 529;
    private static final int BAD_GATEWAY = 502;

    private final byte[] json;
    private final ErrorShape shape;

    private ProviderError(byte[] json, ErrorShape shape) {
        this.json = json;
        this.shape = shape;
    }

    /// The error in this body, if it is well-formed in the dialect: for OpenAI an object with an
    /// `error` that is an object or a string, or the flat form of older vLLM; for Anthropic
    /// `{"type":"error","error":{…}}`.
    public static Optional<ProviderError> read(Dialect dialect, byte[] body) {
        ErrorShape shape = ErrorShape.of(dialect, body);
        return shape.wellFormed() ? Optional.of(new ProviderError(body, shape)) : Optional.empty();
    }

    /// What the body of an error status says that is none in the dialect: to be quoted only. Empty
    /// for a page of HTML, which is for no client's eyes.
    public static Optional<ProviderError> quoted(Dialect dialect, byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MAX_MESSAGE), UTF_8).strip();
        return text.isEmpty() || text.startsWith("<")
                ? Optional.empty()
                : Optional.of(new ProviderError(body, ErrorShape.of(dialect, body)));
    }

    /// The error in this event's data or buffered answer, whatever its shape; the bytes are kept.
    static ProviderError inside(Dialect dialect, byte[] data) {
        return new ProviderError(data, ErrorShape.of(dialect, data));
    }

    /// The provider's `type`, cut to 100 characters.
    public @Nullable String type() {
        return shape.type();
    }

    /// The provider's `code`, a number or a word, cut to 100 characters.
    public @Nullable String code() {
        return shape.code();
    }

    /// The provider's message, cut to 500 characters; for the client's eyes only.
    public @Nullable String message() {
        return shape.message();
    }

    /// The provider's JSON as it came; not to be written into.
    public byte[] json() {
        return json;
    }

    /// The HTTP status that fits an error which came inside a 200.
    public int status() {
        int number = statusIn(shape.code());
        if (number > 0) {
            return number;
        }
        String words = shape.type() + " " + shape.code();
        words = words.toLowerCase(Locale.ROOT);
        if (words.contains("rate_limit") || words.contains("insufficient_quota")) {
            return 429;
        }
        return statusOf(shape.type()) != BAD_GATEWAY
                ? statusOf(shape.type())
                : statusOf(shape.code());
    }

    /// What the error says beyond its status; see [ErrorWords] for how that is known.
    public Meaning meaning() {
        return ErrorWords.meaning(shape);
    }

    @Override
    public String toString() {
        return "ProviderError[" + json.length + " bytes]";
    }

    ErrorShape shape() {
        return shape;
    }

    private static int statusIn(@Nullable String code) {
        boolean threeDigits =
                code != null && code.length() == 3 && code.chars().allMatch(Character::isDigit);
        if (!threeDigits) {
            return 0;
        }
        int number = Integer.parseInt(code);
        return number >= 400 && number <= 599 ? number : 0;
    }

    private static int statusOf(@Nullable String word) {
        return switch (word) {
            case "overloaded_error" -> OVERLOADED;
            case "invalid_request_error" -> 400;
            case "authentication_error", "invalid_api_key" -> 401;
            case "billing_error" -> 402;
            case "permission_error" -> 403;
            case "not_found_error", "model_not_found" -> 404;
            case "request_too_large" -> 413;
            case "timeout_error" -> 504;
            case null, default -> BAD_GATEWAY;
        };
    }
}
