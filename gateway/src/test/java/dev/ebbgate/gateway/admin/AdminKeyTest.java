package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// An admin API with a key, in which nothing may be changed.
class AdminKeyTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void withoutTheKey_nothingIsAnswered_withIt_everythingIsShown() {
        try (AdminSite site = new AdminSite(folder, "key: operators-own, writes: off")) {
            int none = site.get("/health").status();
            int wrong = site.get("/health", "Authorization: Bearer guess").status();
            int right = site.get("/health", "Authorization: Bearer operators-own").status();
            int change =
                    site.ask(
                                    "PATCH",
                                    "/routes/coder",
                                    "{\"timeouts\": {\"attempt\": \"9m\"}}",
                                    "Authorization: Bearer operators-own")
                            .status();
            int reload =
                    site.ask("POST", "/reload", "", "Authorization: Bearer operators-own").status();

            assertThat(none).isEqualTo(401);
            assertThat(wrong).isEqualTo(401);
            assertThat(right).isEqualTo(200);
            assertThat(change).as("writes are off").isEqualTo(403);
            assertThat(reload).isEqualTo(200);
        }
    }
}
