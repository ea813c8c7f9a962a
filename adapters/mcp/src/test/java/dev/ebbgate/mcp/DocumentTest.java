package dev.ebbgate.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What `docs/tool-mcp.md` shows is what compiles here.
class DocumentTest {

    private static final Path ROOT = Path.of(System.getProperty("ebbgate.root", "../.."));
    private static final String BEGIN = "// <mcp>\n";

    @Test
    void snippetOfTheDocument_isThatOfTheExample() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/ebbgate/mcp/Snippet.java"));
        String snippet =
                source.substring(
                                source.indexOf(BEGIN) + BEGIN.length(),
                                source.indexOf("        // </mcp>"))
                        .stripTrailing()
                        .stripIndent();

        String document = Files.readString(ROOT.resolve("docs/tool-mcp.md"));

        assertThat(document).contains("```java\n" + snippet + "\n```\n");
    }
}
