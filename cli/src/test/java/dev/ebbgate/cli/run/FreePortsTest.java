package dev.ebbgate.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.upkeep.Admin;
import dev.ebbgate.gateway.config.ConfigSource;
import dev.ebbgate.gateway.config.Layering;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class FreePortsTest {

    private static final Listen FREE = new Listen("127.0.0.1", 0);

    @TempDir private Path folder = Path.of("");

    private Config load(String yaml) throws IOException {
        Path file = folder.resolve("ebbgate.yaml");
        Files.writeString(
                file,
                yaml + "providers: {p: {dialect: openai, base-url: \"http://127.0.0.1:9/v1\"}}\n");
        ConfigSource source = ConfigSource.of(file, Map.of()).adapted(FreePorts::of);
        return switch (source.load(Overlay.EMPTY)) {
            case Layering.Together(var layered) -> layered.config();
            case Layering.Bad(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    void clientsAndOperators_areAwaitedWhereNobodyElseAsks() throws Exception {
        Config config =
                load(
                        """
                        listen: {host: 0.0.0.0, port: 12000}
                        auth: {keys: {a: gate-key-1}}
                        admin: {host: 0.0.0.0, port: 12001, key: operators-own, writes: off}
                        """);

        assertThat(config.listen()).isEqualTo(FREE);
        Admin admin = config.upkeep().admin();
        assertThat(admin.listen()).isEqualTo(FREE);
        assertThat(admin.key()).isNotNull();
        assertThat(admin.writes()).isFalse();
        assertThat(config.auth().keys()).containsKey("a");
    }

    @Test
    void adminThatIsOff_staysOff() throws Exception {
        assertThat(load("admin: off\n").upkeep().admin()).isEqualTo(Admin.OFF);
    }
}
