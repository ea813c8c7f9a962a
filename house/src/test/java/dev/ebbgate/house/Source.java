package dev.ebbgate.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One parsed Java file: its tree, and the lines on which its parts stand.
///
/// @param path relative to the root of the project
/// @param lines which of its lines carry code
record Source(String path, CompilationUnitTree unit, CodeLines lines, SourcePositions positions) {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /// Parses (and no more than parses) the files.
    static List<Source> parse(List<Path> files) {
        return parse(files.stream().map(Text::of));
    }

    static Source parse(String path, String text) {
        return parse(Stream.of(new Text(path, text))).getFirst();
    }

    private static List<Source> parse(Stream<Text> texts) {
        JavacTask task =
                (JavacTask)
                        COMPILER.getTask(
                                Writer.nullWriter(),
                                null,
                                new DiagnosticCollector<>(),
                                List.of("-proc:none"),
                                null,
                                texts.toList());
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        List<Source> sources = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                String path = unit.getSourceFile().toUri().getPath().substring(1);
                String text = unit.getSourceFile().getCharContent(true).toString();
                sources.add(new Source(path, unit, CodeLines.of(text), positions));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources;
    }

    String module() {
        return path.substring(0, Math.max(0, path.indexOf('/')));
    }

    boolean isMain() {
        return path.contains("src/main/java/");
    }

    String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    int firstLine(Tree part) {
        return line(positions.getStartPosition(unit, part));
    }

    int lastLine(Tree part) {
        return line(positions.getEndPosition(unit, part));
    }

    /// The code lines between the braces of `block`.
    int bodyLines(Tree block) {
        return lines.between(firstLine(block) + 1, lastLine(block) - 1);
    }

    private int line(long position) {
        return (int) unit.getLineMap().getLineNumber(position);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("memory:///" + path), Kind.SOURCE);
            this.text = text;
        }

        static Text of(Path file) {
            return new Text(
                    dev.ebbgate.house.Tree.relative(file), dev.ebbgate.house.Tree.text(file));
        }

        @Override
        public String getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
