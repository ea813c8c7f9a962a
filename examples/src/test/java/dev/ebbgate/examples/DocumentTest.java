package dev.ebbgate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `docs/tools.md` shows is what compiles and runs here.
class DocumentTest {

    private static final Path ROOT = Path.of(System.getProperty("ebbgate.root", ".."));

    @ParameterizedTest
    @CsvSource({
        "quick-start, QuickStart",
        "jdbc, JdbcRecipe",
        "http, HttpRecipe",
        "process, ProcessRecipe"
    })
    void snippetOfTheDocument_isThatOfTheExample(String name, String type) throws IOException {
        String document = Files.readString(ROOT.resolve("docs/tools.md"));

        assertThat(document).contains("```java\n" + snippet(name, type) + "```\n");
    }

    private static String snippet(String name, String type) throws IOException {
        Path file = ROOT.resolve("examples/src/main/java/dev/ebbgate/examples/" + type + ".java");
        String source = Files.readString(file);
        String begin = "// <" + name + ">\n";
        String end = "        // </" + name + ">";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf(end))
                        .stripTrailing() // an empty last line would count as one without indent
                        .stripIndent()
                + "\n";
    }
}
