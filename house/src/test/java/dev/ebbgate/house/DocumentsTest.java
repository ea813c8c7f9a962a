package dev.ebbgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The documents tell the truth about the tree.
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(?:#[^)]*)?\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^\\s*```.*?^\\s*```\\s*$");
    private static final Pattern COORDINATES =
            Pattern.compile("`([a-z][\\w.-]*:[a-z][\\w.-]*)`", Pattern.CASE_INSENSITIVE);
    private static final Pattern DECLARED =
            Pattern.compile(
                    "<(?:dependency|path)>\\s*<groupId>([^<]+)</groupId>\\s*"
                            + "<artifactId>([^<]+)</artifactId>");

    @Test
    void everyRelativeLink_pointsAtAFile() {
        List<String> broken = new ArrayList<>();

        for (Path document : Tree.files(".md")) {
            links(document)
                    .filter(link -> !link.contains(":"))
                    .filter(link -> !Files.exists(document.resolveSibling(link)))
                    .forEach(link -> broken.add(Tree.relative(document) + " -> " + link));
        }

        assertThat(broken).as("links to files that are not there").isEmpty();
    }

    @Test
    void everyDependency_isExplained_andNothingElse() {
        Set<String> declared = new TreeSet<>();
        for (Path pom : Tree.files("pom.xml")) {
            DECLARED.matcher(Tree.text(pom))
                    .results()
                    .map(found -> found.group(1) + ":" + found.group(2))
                    .filter(coordinates -> !coordinates.startsWith("dev.ebbgate:"))
                    .forEach(declared::add);
        }

        Set<String> explained = new TreeSet<>();
        String document = Tree.text(Tree.root().resolve("docs/dependencies.md"));
        COORDINATES
                .matcher(document)
                .results()
                .map(found -> found.group(1))
                .forEach(explained::add);

        assertThat(explained).isEqualTo(declared);
    }

    private static Stream<String> links(Path document) {
        String prose = FENCE.matcher(Tree.text(document)).replaceAll("");
        return LINK.matcher(prose).results().map((MatchResult found) -> found.group(1));
    }
}
