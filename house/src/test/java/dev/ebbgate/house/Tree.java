package dev.ebbgate.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The checked-out tree: every file of the project, without what a build or a tool put there.
final class Tree {
    private static final Set<String> FOREIGN = Set.of("target", "node_modules");

    private Tree() {}

    /// The folder of the root pom, told by the build.
    static Path root() {
        String root = System.getProperty("ebbgate.root");
        return Path.of(Objects.requireNonNull(root, "system property ebbgate.root"));
    }

    /// All files whose name ends with `suffix`, in order of their paths.
    static List<Path> files(String suffix) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(root(), new Collector(suffix, found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(found);
        return found;
    }

    static String relative(Path file) {
        return root().relativize(file).toString();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final String suffix;
        private final List<Path> found;

        Collector(String suffix, List<Path> found) {
            this.suffix = suffix;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean foreign = FOREIGN.contains(name) || name.startsWith(".");
            return foreign && !folder.equals(root())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(suffix)) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
