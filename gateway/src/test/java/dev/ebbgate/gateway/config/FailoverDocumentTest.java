package dev.ebbgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.failover.FailureRow;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The table of docs/failover.md is the one in force.
class FailoverDocumentTest {

    private static final String TEXT =
            DocumentsTest.text(
                    Path.of(System.getProperty("ebbgate.root", "..")).resolve("docs/failover.md"));

    @Test
    void failureTable_isTheOneInForce() {
        List<String> documented =
                TEXT.lines()
                        .dropWhile(line -> !line.startsWith("| what happened |"))
                        .skip(2)
                        .takeWhile(line -> line.startsWith("|"))
                        .toList();

        assertThat(documented)
                .isEqualTo(
                        Arrays.stream(FailureRow.values())
                                .map(FailoverDocumentTest::documented)
                                .toList());
    }

    private static String documented(FailureRow row) {
        String trigger = row.trigger() == null ? "" : "`" + row.trigger().key() + "` ";
        return "| %s | %s| %s | %s |"
                .formatted(row.what(), trigger, row.same().text(), row.counts() ? "yes" : "no");
    }
}
