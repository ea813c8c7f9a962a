package dev.ebbgate.cli;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;

import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The six limits as options: a duration, `off`, or `inherit`.
final class LimitOptions {
    private static final String INHERIT = "inherit";
    private static final String LABEL = "<duration|off|inherit>";
    private static final Pattern BARE = Pattern.compile("\\d+");
    private static final Pattern ZERO = Pattern.compile("0+(ms|s|m|h)?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--connect", paramLabel = LABEL, description = "Until a usable connection.")
    private @Nullable String connect;

    @Option(names = "--first-token", paramLabel = LABEL, description = "Until the first token.")
    private @Nullable String firstToken;

    @Option(
            names = "--stream-idle",
            paramLabel = LABEL,
            description = "Silence of the provider after that.")
    private @Nullable String streamIdle;

    @Option(
            names = "--no-progress",
            paramLabel = LABEL,
            description = "Time without a token after that.")
    private @Nullable String noProgress;

    @Option(names = "--attempt", paramLabel = LABEL, description = "One attempt as a whole.")
    private @Nullable String attempt;

    @Option(names = "--request", paramLabel = LABEL, description = "All attempts together.")
    private @Nullable String request;

    @Option(
            names = "--timeout",
            paramLabel = "<seconds|duration|off|inherit>",
            description = "The same as --request; a bare number is taken for seconds.")
    private @Nullable String timeout;

    @Option(
            names = "--chunk-idle-timeout",
            paramLabel = "<seconds|duration|off|inherit>",
            description = "The same as --stream-idle; a bare number is taken for seconds.")
    private @Nullable String chunkIdle;

    /// What is named, as the configuration has it; null stands for `inherit`.
    Map<String, @Nullable String> named() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        put(all, Limit.CONNECT, "--connect", connect);
        put(all, Limit.FIRST_TOKEN, "--first-token", firstToken);
        put(all, Limit.STREAM_IDLE, "--stream-idle", streamIdle);
        put(all, Limit.STREAM_IDLE, "--chunk-idle-timeout", seconds(chunkIdle));
        put(all, Limit.NO_PROGRESS, "--no-progress", noProgress);
        put(all, Limit.ATTEMPT, "--attempt", attempt);
        put(all, Limit.REQUEST, "--request", request);
        put(all, Limit.REQUEST, "--timeout", seconds(timeout));
        return all;
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        named().forEach(json::put);
        return json;
    }

    private static @Nullable String seconds(@Nullable String text) {
        boolean bare =
                text != null && BARE.matcher(text).matches() && !ZERO.matcher(text).matches();
        return bare ? text + "s" : text;
    }

    private void put(
            Map<String, @Nullable String> all, Limit limit, String option, @Nullable String text) {
        if (text == null) {
            return;
        }
        if (all.containsKey(limit.key())) {
            throw wrong(option, limit.key() + " is named twice");
        }
        all.put(limit.key(), text.equals(INHERIT) ? null : checked(option, text));
    }

    private String checked(String option, String text) {
        if (ZERO.matcher(text).matches()) {
            throw wrong(option, "0 could mean \"never\" or \"default\"; write off, or inherit");
        }
        try {
            Span.parse(text);
            return text;
        } catch (IllegalArgumentException e) {
            throw wrong(option, e.getMessage() + ", or inherit");
        }
    }

    private ParameterException wrong(String option, String problem) {
        return new ParameterException(spec.commandLine(), option + ": " + problem);
    }
}
