package dev.ebbgate.bench.soak;

import java.util.Locale;

/// The body of a whole HTTP/1.1 answer in ASCII, without framing and without keep-alive comments.
final class Body {
    private Body() {}

    static String of(String answer) {
        int end = answer.indexOf("\r\n\r\n") + 4;
        boolean chunked =
                answer.substring(0, end)
                        .toLowerCase(Locale.ROOT)
                        .contains("\r\ntransfer-encoding: chunked");
        return withoutComments(chunked ? joined(answer, end) : answer.substring(end));
    }

    private static String joined(String answer, int start) {
        StringBuilder body = new StringBuilder();
        int at = start;
        while (true) {
            int lineEnd = answer.indexOf("\r\n", at);
            int size = Integer.parseInt(answer.substring(at, lineEnd), 16);
            if (size == 0) {
                return body.toString();
            }
            body.append(answer, lineEnd + 2, lineEnd + 2 + size);
            at = lineEnd + 2 + size + 2;
        }
    }

    private static String withoutComments(String body) {
        StringBuilder kept = new StringBuilder();
        int at = 0;
        while (at < body.length()) {
            int blank = body.indexOf("\n\n", at);
            int next = blank < 0 ? body.length() : blank + 2;
            if (body.charAt(at) != ':') {
                kept.append(body, at, next);
            }
            at = next;
        }
        return kept.toString();
    }
}
