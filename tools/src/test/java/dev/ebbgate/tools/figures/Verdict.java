package dev.ebbgate.tools.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which tests stand for which law and which criterion, then the figures.
final class Verdict {

    private static final Pattern NAME =
            Pattern.compile(
                    "@DisplayName\\(\\s*\"([^\"]+)\"\\s*\\)(?:\\s*@\\w+(?:\\([^)]*\\))?)*"
                            + "\\s+void\\s+(\\w+)");
    private static final Pattern NUMBER = Pattern.compile("\\bS(\\d+)\\b");
    private static final Pattern LAWS = Pattern.compile("\\blaws? ([\\d, and]+)");

    private Verdict() {}

    static String text(Path root, String figures) throws IOException {
        Map<Integer, SortedSet<String>> laws = new TreeMap<>();
        Map<Integer, SortedSet<String>> criteria = new TreeMap<>();
        for (String folder : List.of("core/src/test", "tools/src/test")) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
                    read(file, laws, criteria);
                }
            }
        }
        return """
        # Tools: the verdict

        Written by `bench/tools`; do not edit. Each law of the runtime and each criterion, with the tests
        that bear its name; the build fails if one of them does.

        | law | tests |
        |---|---|
        %s
        | criterion | tests |
        |---|---|
        %s
        ## Figures

        Never early is a matter of course; how late depends on what else the machine does. The last columns
        are the same measure in the same run without this runtime; both stop waiting only, and leave the
        work running.

        %s\
        """
                .formatted(rows("", laws), rows("S", criteria), figures);
    }

    private static void read(
            Path file,
            Map<Integer, SortedSet<String>> laws,
            Map<Integer, SortedSet<String>> criteria)
            throws IOException {
        String type = file.getFileName().toString().replace(".java", "");
        Matcher test = NAME.matcher(Files.readString(file));
        while (test.find()) {
            String name = "`" + type + "." + test.group(2) + "`";
            Matcher number = NUMBER.matcher(test.group(1));
            while (number.find()) {
                add(criteria, number.group(1), name);
            }
            Matcher law = LAWS.matcher(test.group(1));
            while (law.find()) {
                for (String each : law.group(1).split("\\D+", -1)) {
                    add(laws, each, name);
                }
            }
        }
    }

    private static void add(Map<Integer, SortedSet<String>> map, String number, String name) {
        if (!number.isEmpty()) {
            map.computeIfAbsent(Integer.valueOf(number), _ -> new TreeSet<>()).add(name);
        }
    }

    private static String rows(String before, Map<Integer, SortedSet<String>> map) {
        StringBuilder rows = new StringBuilder();
        map.forEach((number, tests) ->
                rows.append("| ")
                        .append(before)
                        .append(number)
                        .append(" | ")
                        .append(String.join(", ", tests))
                        .append(" |\n"));
        return rows.toString();
    }
}
