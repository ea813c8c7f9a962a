package dev.ebbgate.gateway.loop;

import dev.ebbgate.gateway.wire.ForwardedHeaders;

import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// The heads of the gateway's answers, written straight to where they are sent from.
final class Heads {

    private static final CharSequence ID = AsciiString.cached("x-ebbgate-id");
    private static final CharSequence TARGET = AsciiString.cached("x-ebbgate-target");
    private static final CharSequence ATTEMPTS = AsciiString.cached("x-ebbgate-attempts");
    private static final CharSequence SHOULD_RETRY = AsciiString.cached("x-should-retry");
    private static final CharSequence EVENT_STREAM = AsciiString.cached("text/event-stream");
    private static final CharSequence JSON = AsciiString.cached("application/json");
    private static final CharSequence NO_CACHE = AsciiString.cached("no-cache");
    private static final CharSequence BUFFERING = AsciiString.cached("x-accel-buffering");
    private static final CharSequence NO = AsciiString.cached("no");
    private static final CharSequence FALSE = AsciiString.cached("false");

    private Heads() {}

    /// Writes the head that leaves before anything is known of the answer.
    static Consumer<MultiMap> early(String exchange) {
        return out ->
                out.set(HttpHeaders.CONTENT_TYPE, EVENT_STREAM)
                        .set(HttpHeaders.CACHE_CONTROL, NO_CACHE)
                        .set(BUFFERING, NO)
                        .set(ID, exchange);
    }

    /// Writes the head of an answer that comes from a provider.
    ///
    /// @param attempts how many there were
    static Consumer<MultiMap> answer(String exchange, Trial trial, int attempts) {
        return out -> {
            MultiMap provider = trial.headers();
            if (provider != null) {
                ForwardedHeaders.toClient(provider, out);
            }
            mark(out, exchange, trial, attempts);
        };
    }

    /// Writes the head of a provider's own error.
    ///
    /// @param isFinal whether there is no use in asking again, whatever the provider says of that
    static Consumer<MultiMap> refusal(String exchange, Trial trial, int attempts, boolean isFinal) {
        return answer(exchange, trial, attempts)
                .andThen(out -> {
                    if (isFinal) {
                        out.set(SHOULD_RETRY, FALSE);
                    }
                });
    }

    /// Writes the head of an answer that was made of a provider's stream.
    static Consumer<MultiMap> assembled(String exchange, Trial trial, int attempts) {
        return answer(exchange, trial, attempts)
                .andThen(out -> out.set(HttpHeaders.CONTENT_TYPE, JSON).remove(BUFFERING));
    }

    /// Writes the head of an error of ours.
    ///
    /// @param attempts how many there were
    /// @param retryAfter when to come back, in seconds or as a date; or null
    static Consumer<MultiMap> error(
            String exchange,
            Trial trial,
            int attempts,
            boolean isFinal,
            @Nullable String retryAfter) {
        return out -> {
            out.set(HttpHeaders.CONTENT_TYPE, JSON);
            if (isFinal) {
                out.set(SHOULD_RETRY, FALSE);
            }
            if (retryAfter != null) {
                out.set(HttpHeaders.RETRY_AFTER, retryAfter);
            }
            mark(out, exchange, trial, attempts);
        };
    }

    private static void mark(MultiMap out, String exchange, Trial trial, int attempts) {
        out.set(ID, exchange);
        out.set(TARGET, trial.target().id());
        out.set(ATTEMPTS, Integer.toString(attempts));
    }

    /// Whether an answer is encoded although that was refused.
    static boolean isEncoded(MultiMap headers) {
        String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.strip().equalsIgnoreCase("identity");
    }

    static boolean isType(MultiMap headers, String type) {
        String value = headers.get(HttpHeaders.CONTENT_TYPE);
        return value != null && value.regionMatches(true, 0, type, 0, type.length());
    }
}
