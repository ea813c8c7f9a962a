package dev.ebbgate.gateway.metrics;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import java.time.Duration;

/// The names of labels, after OpenTelemetry's semantic conventions for generative AI where those
/// have one.
public final class Names {

    public static final String OPERATION = "gen_ai.operation.name";
    public static final String PROVIDER = "gen_ai.provider.name";
    public static final String REQUEST_MODEL = "gen_ai.request.model";
    public static final String TOKEN_TYPE = "gen_ai.token.type";
    public static final String ERROR = "error.type";
    public static final String STREAMED = "ebbgate.streamed";
    public static final String TARGET = "ebbgate.target";
    public static final String CAUSE = "ebbgate.cause";

    private Names() {}

    /// The convention's name for what was asked at this path.
    public static String operation(String path) {
        return switch (path) {
            case "/v1/completions" -> "text_completion";
            case "/v1/embeddings" -> "embeddings";
            case "/v1/messages/count_tokens" -> "count_tokens";
            default -> "chat";
        };
    }

    static Timer.Builder timer(String name, Tags tags, Duration... buckets) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(buckets);
    }
}
