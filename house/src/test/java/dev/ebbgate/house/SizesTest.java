package dev.ebbgate.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import javax.lang.model.element.Modifier;

/// Nothing in the tree is too large, and no name is empty of meaning. The rule is about the tail: a
/// class that does not fit is two classes.
class SizesTest {
    private static final int PUBLIC_TYPES = 15;
    private static final int DOCUMENT = 300;
    private static final int README = 100;

    @Test
    void tree_keepsTheSizesAndNames() {
        List<Source> sources = Source.parse(Tree.files(".java"));

        List<String> findings = new ArrayList<>();
        sources.forEach(source -> SourceRules.check(source, findings));
        checkPackages(sources, findings);
        checkDocuments(findings);

        assertThat(sources).hasSizeGreaterThan(10);
        assertThat(String.join("\n", findings)).as("too large or badly named").isEmpty();
    }

    @Test
    void everyBreach_isFound() {
        Path bad = Tree.root().resolve("house/src/test/resources/breaches/TooMuchInfo.txt");
        Source source = Source.parse("TooMuchInfo.java", Tree.text(bad));

        List<String> findings = new ArrayList<>();
        SourceRules.check(source, findings);

        assertThat(findings)
                .containsExactly(
                        "TooMuchInfo.java:1: the package name util says nothing",
                        "TooMuchInfo.java:4: the name TooMuchInfo says nothing",
                        "TooMuchInfo.java:5: 7 parameters of parameters(), at most 6",
                        "TooMuchInfo.java:7: 4 levels of nesting in nesting(), at most 3",
                        "TooMuchInfo.java:20: 51 lines in lines(), at most 50",
                        "TooMuchInfo.java:76: 9 components of record Wide, at most 8");
    }

    @Test
    void commentsBlanksAndTextBlocks_areNotCounted() {
        CodeLines lines =
                CodeLines.of(
                        """
                        /* not
                           code */
                        String a = "// code"; // and a comment

                        char quote = '"';
                        String b = \"""
                            a row
                            another "row"
                            \""";
                        """);

        assertThat(lines.total()).isEqualTo(4);
        assertThat(lines.between(1, 4)).isEqualTo(1);
    }

    private static void checkPackages(List<Source> sources, List<String> findings) {
        Map<String, Long> types =
                sources.stream()
                        .filter(Source::isMain)
                        .filter(SizesTest::hasPublicType)
                        .collect(
                                Collectors.groupingBy(
                                        Source::packageName, TreeMap::new, Collectors.counting()));
        types.forEach(
                (name, count) -> check(PUBLIC_TYPES, count, name + ": public types", findings));
    }

    private static boolean hasPublicType(Source source) {
        return source.unit().getTypeDecls().stream()
                .anyMatch(type ->
                        type instanceof ClassTree declared
                                && declared.getModifiers().getFlags().contains(Modifier.PUBLIC));
    }

    private static void checkDocuments(List<String> findings) {
        for (Path document : Tree.files(".md")) {
            String name = Tree.relative(document);
            if (!name.equals("CHANGELOG.md")) {
                int limit = name.equals("README.md") ? README : DOCUMENT;
                check(limit, Tree.text(document).lines().count(), name + ": lines", findings);
            }
        }
    }

    private static void check(int limit, long actual, String what, List<String> findings) {
        if (actual > limit) {
            findings.add(what + " " + actual + ", at most " + limit);
        }
    }
}
