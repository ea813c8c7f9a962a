package dev.ebbgate.gateway.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.ebbgate.core.config.Dialect;

import java.util.ArrayList;
import java.util.List;

/// An error as clients are told of it, found to be complete and in its dialect's form.
public record ErrorBody(
        Dialect dialect, String type, String code, String message, JsonNode ebbgate) {

    private static final List<String> MEMBERS =
            List.of(
                    "exchange",
                    "fault",
                    "phase",
                    "limit",
                    "value",
                    "source",
                    "elapsed_ms",
                    "target",
                    "attempt",
                    "committed");

    static ErrorBody of(JsonNode body) {
        JsonNode error = body.path("error");
        boolean anthropic = body.path("type").asText().equals("error");
        assertThat(names(error))
                .isEqualTo(
                        anthropic
                                ? List.of("type", "message", "ebbgate")
                                : List.of("message", "type", "param", "code", "ebbgate"));
        if (anthropic) {
            assertThat(body.path("request_id").asText())
                    .isEqualTo(error.path("ebbgate").path("exchange").asText());
        }
        assertThat(names(error.path("ebbgate"))).isEqualTo(MEMBERS);
        assertThat(error.path("message").asText()).isNotBlank().doesNotContain("\n");
        return new ErrorBody(
                anthropic ? Dialect.ANTHROPIC : Dialect.OPENAI,
                error.path("type").asText(),
                error.path("code").asText(),
                error.path("message").asText(),
                error.path("ebbgate"));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /// A member of `error.ebbgate`, as text; `null` if it is null.
    public String ebbgate(String name) {
        return ebbgate.path(name).asText();
    }
}
