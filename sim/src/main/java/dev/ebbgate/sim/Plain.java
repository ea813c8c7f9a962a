package dev.ebbgate.sim;

import dev.ebbgate.sim.frames.Errors;
import dev.ebbgate.sim.script.Scenarios;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/// The small answers that have no course: embeddings, token counts, models, refusals of bad input.
final class Plain {

    private static final int DIMENSIONS = 8;

    private Plain() {}

    static String embeddings(Asked asked, long seed, int promptTokens) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean base64 = "base64".equals(asked.body().getString("encoding_format"));
        JsonArray list = new JsonArray();
        for (int i = 0; i < asked.inputs(); i++) {
            list.add(
                    new JsonObject()
                            .put("object", "embedding")
                            .put("index", i)
                            .put("embedding", vector(random, base64)));
        }
        JsonObject usage =
                new JsonObject()
                        .put("prompt_tokens", promptTokens)
                        .put("total_tokens", promptTokens);
        return new JsonObject()
                .put("object", "list")
                .put("data", list)
                .put("model", asked.model())
                .put("usage", usage)
                .encode();
    }

    private static Object vector(SplittableRandom random, boolean base64) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * DIMENSIONS).order(ByteOrder.LITTLE_ENDIAN);
        JsonArray numbers = new JsonArray();
        for (int i = 0; i < DIMENSIONS; i++) {
            float value = (float) random.nextDouble(-1, 1);
            bytes.putFloat(value);
            numbers.add(value);
        }
        return base64 ? Base64.getEncoder().encodeToString(bytes.array()) : numbers;
    }

    static String tokenCount(int tokens) {
        return "{\"input_tokens\":" + tokens + "}";
    }

    static String models(boolean anthropic) {
        List<String> names =
                new ArrayList<>(List.of("sim", Bench.JSON, Bench.BURST, Bench.PACED, Bench.IDLE));
        Scenarios.all().keySet().forEach(name -> names.add("sim:" + name));
        JsonArray list = new JsonArray();
        for (String name : names) {
            JsonObject model = new JsonObject().put("id", name);
            list.add(
                    anthropic
                            ? model.put("type", "model")
                                    .put("display_name", name)
                                    .put("created_at", "2026-09-20T00:00:00Z")
                            : model.put("object", "model")
                                    .put("created", 1_790_000_000)
                                    .put("owned_by", "ebbgate"));
        }
        JsonObject body = new JsonObject().put("data", list);
        return anthropic
                ? body.put("has_more", false)
                        .put("first_id", names.getFirst())
                        .put("last_id", names.getLast())
                        .encode()
                : body.put("object", "list").encode();
    }

    static String refusal(boolean anthropic, int status, String message) {
        return anthropic
                ? Errors.anthropic(status, "auto", message)
                : Errors.openAi(status, "auto", message);
    }
}
