package dev.ebbgate.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `docs/tool-observers.md` shows is what compiles here.
class DocumentTest {

    private static final Path ROOT = Path.of(System.getProperty("ebbgate.root", "../.."));

    @ParameterizedTest
    @ValueSource(strings = "spans")
    void snippetOfTheDocument_isThatOfTheExample(String name) throws IOException {
        String source =
                Files.readString(Path.of("src/test/java/dev/ebbgate/opentelemetry/Snippets.java"));
        String begin = "// <" + name + ">\n";
        String snippet =
                source.substring(
                                source.indexOf(begin) + begin.length(),
                                source.indexOf("        // </" + name + ">"))
                        .stripTrailing()
                        .stripIndent();

        String document = Files.readString(ROOT.resolve("docs/tool-observers.md"));

        assertThat(document).contains("```java\n" + snippet + "\n```\n");
    }
}
