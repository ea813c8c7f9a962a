package dev.ebbgate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the documents show is what compiles, and is run or held by tests, in the project.
class DocumentTest {

    private static final Path ROOT = Path.of(System.getProperty("ebbgate.root", ".."));

    @ParameterizedTest
    @CsvSource({
        "quick-start, QuickStart",
        "jdbc, JdbcRecipe",
        "http, HttpRecipe",
        "process, ProcessRecipe"
    })
    void snippetOfTheToolsPage_isThatOfTheExample(String name, String type) throws IOException {
        assertShown("docs/tools.md", name, example(type));
    }

    @ParameterizedTest
    @CsvSource({"stream-watch, StreamRecipe"})
    void snippetOfTheAdaptersPage_isThatOfTheExample(String name, String type) throws IOException {
        assertShown("docs/tool-adapters.md", name, example(type));
    }

    @ParameterizedTest
    @CsvSource({
        "langchain4j-tools, adapters/langchain4j/src/test/java/dev/ebbgate/langchain4j/Usage.java",
        "langchain4j-stream, adapters/langchain4j/src/test/java/dev/ebbgate/langchain4j/Usage.java",
        "spring-ai-tools, adapters/spring-ai/src/test/java/dev/ebbgate/springai/Usage.java",
        "spring-ai-stream, adapters/spring-ai/src/test/java/dev/ebbgate/springai/Usage.java",
        "spring-ai-deadline, adapters/spring-ai/src/test/java/dev/ebbgate/springai/Usage.java"
    })
    void snippetOfTheAdaptersPage_isThatOfItsAdapter(String name, String file) throws IOException {
        assertShown("docs/tool-adapters.md", name, file);
    }

    private static String example(String type) {
        return "examples/src/main/java/dev/ebbgate/examples/" + type + ".java";
    }

    private static void assertShown(String document, String name, String file) throws IOException {
        assertThat(Files.readString(ROOT.resolve(document)))
                .contains("```java\n" + snippet(name, file) + "```\n");
    }

    private static String snippet(String name, String file) throws IOException {
        String source = Files.readString(ROOT.resolve(file));
        String begin = "// <" + name + ">\n";
        String end = "        // </" + name + ">";
        return source.substring(source.indexOf(begin) + begin.length(), source.indexOf(end))
                        .stripTrailing() // an empty last line would count as one without indent
                        .stripIndent()
                + "\n";
    }
}
