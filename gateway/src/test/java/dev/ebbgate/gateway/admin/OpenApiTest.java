package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import dev.ebbgate.gateway.site.RawAnswer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The description of the admin API against the handlers, both ways.
class OpenApiTest {

    private static final Set<String> METHODS = Set.of("get", "put", "patch", "delete", "post");

    @TempDir private Path folder = Path.of("");

    @Test
    void everyHandlerIsDescribed_andEveryDescriptionHasItsHandler() {
        try (AdminSite site = new AdminSite(folder, "writes: on")) {
            JsonNode document = site.get("/openapi.json").json();
            Set<String> described = new TreeSet<>();
            document.get("paths")
                    .properties()
                    .forEach(path ->
                            path.getValue()
                                    .fieldNames()
                                    .forEachRemaining(method -> {
                                        if (METHODS.contains(method)) {
                                            described.add(
                                                    method.toUpperCase(Locale.ROOT)
                                                            + " "
                                                            + path.getKey());
                                        }
                                    }));

            Set<String> handled =
                    site.endpoints().stream()
                            .map(endpoint -> endpoint.method().name() + " " + endpoint.path())
                            .collect(Collectors.toCollection(TreeSet::new));

            assertThat(document.get("openapi").asText()).startsWith("3.1");
            assertThat(described).isEqualTo(handled);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /health               | /health                 | 200",
                "GET    | /in-flight            | /in-flight              | 200",
                "GET    | /in-flight            | /in-flight?limit=x      | 400",
                "DELETE | /in-flight/{name}     | /in-flight/ebb-1        | 404",
                "GET    | /routes               | /routes                 | 200",
                "GET    | /routes/{name}        | /routes/coder           | 200",
                "GET    | /routes/{name}        | /routes/nobody          | 404",
                "PATCH  | /routes/{name}        | /routes/coder           | 200",
                "PUT    | /routes/{name}        | /routes/coder           | 428",
                "DELETE | /routes/{name}        | /routes/coder           | 428",
                "DELETE | /overlay/routes/{name} | /overlay/routes/coder  | 404",
                "GET    | /providers            | /providers              | 200",
                "GET    | /providers/{name}     | /providers/sim          | 200",
                "PATCH  | /providers/{name}     | /providers/sim          | 200",
                "POST   | /providers/{name}/verify | /providers/sim/verify | 200",
                "POST   | /providers/{name}/verify | /providers/sim/verify?timeout=x | 400",
                "GET    | /overlay              | /overlay                | 200",
                "POST   | /reload               | /reload                 | 200",
            })
    void answer_isAsDescribed(String method, String path, String asked, int status) {
        try (AdminSite site = new AdminSite(folder, "writes: on")) {
            JsonNode document = site.get("/openapi.json").json();

            RawAnswer answer = site.ask(method, asked, "{\"timeouts\": {\"request\": \"30m\"}}");

            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            String at =
                    "/paths/%s/%s/responses/%d"
                            .formatted(
                                    path.replace("/", "~1"),
                                    method.toLowerCase(Locale.ROOT),
                                    status);
            JsonNode described = document.at(at);
            assertThat(described.isMissingNode()).as(at).isFalse();
            assertThat(described.has("headers")).isEqualTo(answer.has("etag"));
            assertThat(problems(document, described, answer)).isEmpty();
        }
    }

    /// What of the answer's body is not as its schema says.
    private static List<Error> problems(JsonNode document, JsonNode described, RawAnswer answer) {
        String reference = described.at("/content/application~1json/schema/$ref").asText();
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$ref", reference);
        schema.set("components", document.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON)
                .validate(answer.text(), InputFormat.JSON);
    }
}
