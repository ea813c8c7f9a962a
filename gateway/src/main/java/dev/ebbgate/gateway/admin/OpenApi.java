package dev.ebbgate.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The description of the admin API, as OpenAPI has it. A test holds it against the handlers.
final class OpenApi {

    private static final String NAME = "openapi.json";

    private OpenApi() {}

    static Reply document() {
        try (InputStream in = OpenApi.class.getResourceAsStream(NAME)) {
            byte[] bytes = Objects.requireNonNull(in, NAME).readAllBytes();
            return Reply.text("application/json", new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
