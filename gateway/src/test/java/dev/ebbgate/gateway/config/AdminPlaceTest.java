package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Where a gateway is reached whose file may be wrong by now.
class AdminPlaceTest {

    @TempDir private Path folder = Path.of("");

    private AdminPlace.Result in(String yaml) throws IOException {
        Path file = folder.resolve("ebbgate.yaml");
        Files.writeString(file, yaml);
        return AdminPlace.in(file, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "'admin: {port: 12301}\nprovider: {}',                      12301",
        "'routes: {a: {targets: []}}',                              12001",
        "'',                                                        12001",
    })
    void whatElseIsWrong_doesNotMatter(String yaml, int port) throws IOException {
        if (!(in(yaml) instanceof AdminPlace.Found(var admin))) {
            throw new AssertionError("not found");
        }
        assertThat(admin.listen()).hasFieldOrPropertyWithValue("port", port);
    }

    @ParameterizedTest
    @CsvSource({
        "'admin: {port: many}',     admin.port",
        "'admin: {key: \"${NONE}\"}', NONE",
        "'admin: {port: 1',         not YAML",
    })
    void whatIsWrongThere_isTold(String yaml, String said) throws IOException {
        assertThat(in(yaml))
                .isInstanceOfSatisfying(
                        AdminPlace.Unknown.class,
                        unknown -> assertThat(unknown.problems().toString()).contains(said));
    }

    @Test
    void missingFile_isTold() {
        assertThat(AdminPlace.in(folder.resolve("none.yaml"), Map.of()))
                .isInstanceOfSatisfying(
                        AdminPlace.Unknown.class,
                        unknown ->
                                assertThat(unknown.problems().toString()).contains("no such file"));
    }
}
