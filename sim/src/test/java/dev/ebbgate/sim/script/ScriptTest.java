package dev.ebbgate.sim.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;

class ScriptTest {

    private static final Script.Setting PLAIN = new Script.Setting("", 1, 1);

    @Test
    void ordinaryModel_isHealthy() {
        Script script = Script.of("gpt-5", "", PLAIN);

        assertThat(script.text()).isEmpty();
        assertThat(script.close()).isEqualTo(new Close(Ending.OK, true, -1, "auto"));
        assertThat(script.content().tokens()).isEqualTo(16);
    }

    @Test
    void laterTerms_overrideEarlierOnes() {
        Script.Setting setting = new Script.Setting("tokens=1;rate=5", 1, 1);

        Script script = Script.of("sim:stall;tokens=2", "tokens=3", setting);

        assertThat(script.text()).isEqualTo("tokens=3;rate=5;end=hang");
    }

    @Test
    void everyScenario_isUnderstood() {
        for (String name : Scenarios.all().keySet()) {
            Script script = Script.of("sim:" + name, "", PLAIN);

            assertThat(script.text()).isEqualTo(Terms.of(Scenarios.all().get(name)).toString());
        }
    }

    @Test
    void durations_carryUnits() {
        assertThat(Quantity.nanos("k", "1m30s")).isEqualTo(90_000_000_000L);
        assertThat(Quantity.nanos("k", "0.5s")).isEqualTo(500_000_000L);
        assertThat(Quantity.nanos("k", "off")).isZero();
        assertThatThrownBy(() -> Quantity.nanos("k", "30")).hasMessageContaining("k=30: write");
        assertThatThrownBy(() -> Quantity.nanos("k", "30s!")).isInstanceOf(BadScript.class);
        assertThat(Quantity.bytes("k", "8MiB")).isEqualTo(8 << 20);
    }

    @Test
    void document_listsEveryKeyAndScenario() throws Exception {
        Path root = Path.of(System.getProperty("ebbgate.root", ".."));
        String document = Files.readString(root.resolve("docs/simulated-provider.md"));

        Terms.keys()
                .forEach((k, v) -> assertThat(document).contains("| `" + k + "` | `" + v + "` |"));
        Scenarios.all()
                .forEach((k, v) -> assertThat(document).contains("`" + k + "` (`" + v + "`)"));
    }
}
