package dev.ebbgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Every Java file has the one format. `.ci/format` runs this test so that it writes the format
/// instead of asking for it.
class FormatTest {
    private static final boolean APPLY = "apply".equals(System.getProperty("format"));

    @Test
    void everyFile_hasTheOneFormat() throws Exception {
        List<Path> files = Tree.files(".java");

        Report report = format(APPLY ? "--replace" : "--dry-run", files);

        assertThat(report.errors()).isEmpty();
        assertThat(report.listed()).as("files without the format: run .ci/format").isEmpty();
    }

    private static Report format(String mode, List<Path> files) throws Exception {
        StringWriter listed = new StringWriter();
        StringWriter errors = new StringWriter();
        Main formatter =
                new Main(
                        new PrintWriter(listed, true),
                        new PrintWriter(errors, true),
                        InputStream.nullInputStream());
        formatter.format(
                Stream.concat(Stream.of("--aosp", mode), files.stream().map(Path::toString))
                        .toArray(String[]::new));
        return new Report(listed.toString(), errors.toString());
    }

    private record Report(String listed, String errors) {}
}
