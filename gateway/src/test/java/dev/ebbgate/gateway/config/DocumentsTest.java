package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// No YAML in a document is wrong: each ```` ```yaml ```` block is a whole configuration, each ````
/// ```yaml fragment ```` at least YAML.
class DocumentsTest {

    private static final Path ROOT = Path.of(System.getProperty("ebbgate.root", ".."));
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^ *```yaml( fragment)?\\h*\\n(.*?)^ *```\\h*$");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_a-z0-9]+)}");

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void yamlInADocument_isRight(String place, boolean fragment, String yaml) {
        if (fragment) {
            assertThat(new Compose(LoadSettings.builder().build()).composeString(yaml)).isPresent();
            return;
        }
        Map<String, String> environment = new HashMap<>();
        VARIABLE.matcher(yaml)
                .results()
                .forEach(found -> environment.put(found.group(1), "k-" + found.group(1)));

        ConfigLoader.Result result = ConfigLoader.parse(place, yaml, environment);

        assertThat(result)
                .isInstanceOfSatisfying(
                        ConfigLoader.Loaded.class,
                        loaded -> assertThat(loaded.warnings()).isEmpty());
    }

    @Test
    void contractsSample_standsInTheDocument() {
        assertThat(text(ROOT.resolve("docs/configuration.md"))).contains(Sample.YAML);
    }

    static Stream<Arguments> blocks() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        List<Arguments> blocks = new ArrayList<>();
        for (Path document : documents) {
            String text = text(document);
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                long line = text.substring(0, block.start()).lines().count() + 1;
                String place = ROOT.relativize(document) + ":" + line;
                blocks.add(Arguments.of(place, block.group(1) != null, block.group(2)));
            }
        }
        return blocks.stream();
    }

    static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
