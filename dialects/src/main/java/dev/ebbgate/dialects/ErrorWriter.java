package dev.ebbgate.dialects;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.failure.Fault;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.failure.Tried;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Writes failures in a dialect: as the body of an error status, or as the frame that ends a
/// stream.
///
/// Both dialects, bodies and frames alike, carry `error.ebbgate` with the same ten members, and
/// with `attempts` where there were several.
public final class ErrorWriter {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private ErrorWriter() {}

    /// The body of an error status.
    public static byte[] body(Dialect dialect, ErrorReport report) {
        return own(dialect, report, report.message()).getBytes(UTF_8);
    }

    /// The last frame of a stream that failed. OpenAI's has no `event` line: its clients go by the
    /// `error` key, and some throw away the rest at an event they do not know.
    public static byte[] frame(Dialect dialect, ErrorReport report) {
        return framed(dialect, body(dialect, report));
    }

    /// The provider's own error with ours spliced into its `error` object; where it has none, our
    /// body with the provider's text in the message.
    public static byte[] providerBody(Dialect dialect, ProviderError error, ErrorReport report) {
        ErrorShape shape = error.shape();
        if (!shape.extensible()) {
            return quotingBody(dialect, error, report);
        }
        byte[] json = error.json();
        String ours = place(report);
        if (shape.ownFrom() >= 0) {
            return spliced(json, shape.ownFrom(), ours, shape.ownTo());
        }
        String member = (shape.objectEmpty() ? "" : ",") + "\"ebbgate\":" + ours;
        return spliced(json, shape.objectEnd(), member, shape.objectEnd());
    }

    /// Our own body, with the provider's text at the end of the message: where several targets have
    /// failed, none of them has the last word.
    public static byte[] quotingBody(Dialect dialect, ProviderError error, ErrorReport report) {
        return own(dialect, report, report.message() + "; the provider says: " + text(error))
                .getBytes(UTF_8);
    }

    /// As [#quotingBody], as the last frame of a stream.
    public static byte[] quotingFrame(Dialect dialect, ProviderError error, ErrorReport report) {
        return framed(dialect, quotingBody(dialect, error, report));
    }

    /// As [#providerBody], as the last frame of a stream.
    public static byte[] providerFrame(Dialect dialect, ProviderError error, ErrorReport report) {
        byte[] body = providerBody(dialect, error, report);
        for (int i = 0; i < body.length; i++) {
            // Valid JSON has line ends only between its tokens.
            if (body[i] == '\n' || body[i] == '\r') {
                body[i] = ' ';
            }
        }
        return framed(dialect, body);
    }

    private static String own(Dialect dialect, ErrorReport report, String message) {
        StringBuilder out = new StringBuilder(512);
        switch (dialect) {
            case OPENAI -> {
                out.append("{\"error\":{\"message\":");
                JsonText.quote(out, message);
                member(out, "type", openAiType(report.kind()));
                out.append(",\"param\":null");
                member(out, "code", report.code());
                out.append(",\"ebbgate\":").append(place(report)).append("}}");
            }
            case ANTHROPIC -> {
                out.append("{\"type\":\"error\",\"error\":{\"type\":");
                JsonText.quote(out, anthropicType(report));
                member(out, "message", message);
                out.append(",\"ebbgate\":").append(place(report)).append('}');
                member(out, "request_id", report.place().exchange());
                out.append('}');
            }
        }
        return out.toString();
    }

    private static String place(ErrorReport report) {
        Place place = report.place();
        Cut cut = report.cut();
        StringBuilder out = new StringBuilder(256).append("{\"exchange\":");
        JsonText.quote(out, place.exchange());
        member(out, "fault", report.kind().fault().key());
        member(out, "phase", place.phase().key());
        member(out, "limit", cut == null ? null : cut.limit());
        member(out, "value", cut == null ? null : cut.value());
        member(out, "source", cut == null ? null : cut.source());
        out.append(",\"elapsed_ms\":").append(report.elapsedNanos() / NANOS_PER_MILLI);
        member(out, "target", place.target());
        out.append(",\"attempt\":");
        if (place.attempt() == 0) {
            out.append("null");
        } else {
            out.append(place.attempt());
        }
        out.append(",\"committed\":").append(place.committed());
        attempts(out, report.attempts());
        return out.append('}').toString();
    }

    private static void attempts(StringBuilder out, List<Tried> attempts) {
        String before = ",\"attempts\":[";
        for (Tried tried : attempts) {
            out.append(before).append("{\"target\":");
            JsonText.quote(out, tried.target());
            member(out, "phase", tried.phase().key());
            member(out, "cause", tried.cause());
            out.append(",\"elapsed_ms\":").append(tried.elapsedNanos() / NANOS_PER_MILLI);
            out.append('}');
            before = ",";
        }
        if (!attempts.isEmpty()) {
            out.append(']');
        }
    }

    private static void member(StringBuilder out, String name, @Nullable String value) {
        out.append(",\"").append(name).append("\":");
        if (value == null) {
            out.append("null");
        } else {
            JsonText.quote(out, value);
        }
    }

    private static String openAiType(ErrorKind kind) {
        return switch (kind) {
            case LIMIT, DEADLINE -> "timeout_error";
            case UNAUTHENTICATED, FORBIDDEN -> "authentication_error";
            default -> kind.fault() == Fault.CLIENT ? "invalid_request_error" : "upstream_error";
        };
    }

    private static String anthropicType(ErrorReport report) {
        if (report.kind() == ErrorKind.CANCELLED) {
            return "api_error"; // what is overloaded would be asked again
        }
        return switch (report.status()) {
            case 400, 405, 408, 415, 431 -> "invalid_request_error";
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, 529 -> "overloaded_error";
            case 504 -> "timeout_error";
            default -> "api_error";
        };
    }

    private static String text(ProviderError error) {
        String message = error.message();
        if (message != null) {
            return message;
        }
        int length = Math.min(error.json().length, ProviderError.MAX_MESSAGE);
        return new String(error.json(), 0, length, UTF_8);
    }

    private static byte[] framed(Dialect dialect, byte[] json) {
        byte[] head =
                JsonText.bytes(
                        switch (dialect) {
                            case OPENAI -> "data: ";
                            case ANTHROPIC -> "event: error\ndata: ";
                        });
        byte[] out = new byte[head.length + json.length + 2];
        System.arraycopy(head, 0, out, 0, head.length);
        System.arraycopy(json, 0, out, head.length, json.length);
        out[out.length - 2] = '\n';
        out[out.length - 1] = '\n';
        return out;
    }

    private static byte[] spliced(byte[] json, int from, String middle, int to) {
        byte[] insert = middle.getBytes(UTF_8);
        byte[] out = new byte[from + insert.length + json.length - to];
        System.arraycopy(json, 0, out, 0, from);
        System.arraycopy(insert, 0, out, from, insert.length);
        System.arraycopy(json, to, out, from + insert.length, json.length - to);
        return out;
    }
}
