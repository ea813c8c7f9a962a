package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
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
}
