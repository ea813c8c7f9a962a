package dev.ebbgate.mcp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the scripted servers say: literal text after the specification, made with nothing of the
/// SDK, which would agree with itself.
final class Script {

    private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern TOOL = Pattern.compile("\"name\":\"(\\w+)\"");
    private static final Pattern TOKEN = Pattern.compile("\"progressToken\":\"([^\"]+)\"");

    private Script() {}

    static String method(String message) {
        return first(METHOD, message);
    }

    static String id(String message) {
        return first(ID, message);
    }

    static String tool(String message) {
        return first(TOOL, message);
    }

    private static String first(Pattern pattern, String message) {
        Matcher found = pattern.matcher(message);
        return found.find() ? found.group(1) : "";
    }

    static String introduction(String message) {
        return answer(
                message,
                """
                {"protocolVersion":"2025-11-25","capabilities":{"tools":{}},\
                "serverInfo":{"name":"scripted","version":"1"}}\
                """);
    }

    static String text(String message, String text, boolean isError) {
        return answer(
                message,
                """
                {"content":[{"type":"text","text":"%s"}],"isError":%s}\
                """
                        .formatted(text, isError));
    }

    static String refusal(String message) {
        return """
        {"jsonrpc":"2.0","id":"%s","error":{"code":-32602,"message":"no such tool"}}\
        """
                .formatted(id(message));
    }

    private static String answer(String message, String result) {
        return """
        {"jsonrpc":"2.0","id":"%s","result":%s}\
        """
                .formatted(id(message), result);
    }

    static String progress(String message, int step) {
        return """
        {"jsonrpc":"2.0","method":"notifications/progress",\
        "params":{"progressToken":"%s","progress":%d,"total":100}}\
        """
                .formatted(first(TOKEN, message), step);
    }
}
