package dev.ebbgate.gateway.config;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.overlay.OverlayEntry;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns a configuration file into a [Config], or into a list of all that is wrong with it.
public final class ConfigLoader {

    /// A parser takes long for one long line.
    private static final long MOST_BYTES = 1 << 20;

    private ConfigLoader() {}

    /// What comes of a file.
    public sealed interface Result {}

    /// A configuration that can be run.
    ///
    /// @param warnings what is legal and probably not meant
    public record Loaded(Config config, List<Problem> warnings) implements Result {}

    /// A file that cannot be run; in the order of its lines, never empty.
    public record Refused(List<Problem> problems) implements Result {}

    /// Reads and checks a file.
    public static Result load(Path file, Map<String, String> environment) {
        return switch (text(file)) {
            case Text(String text) -> parse(file.toString(), text, environment);
            case Unreadable(Problem problem) -> new Refused(List.of(problem));
        };
    }

    sealed interface Content permits Text, Unreadable {}

    record Text(String text) implements Content {}

    record Unreadable(Problem problem) implements Content {}

    /// What stands in a file.
    static Content text(Path file) {
        String name = file.toString();
        try {
            if (Files.size(file) > MOST_BYTES) {
                return unreadable(name, "it is longer than 1MiB; write it simpler");
            }
            return new Text(Files.readString(file));
        } catch (NoSuchFileException _) {
            return unreadable(name, "no such file; write one with: ebbgate init");
        } catch (CharacterCodingException _) {
            return unreadable(name, "it is not UTF-8; write it in that encoding");
        } catch (AccessDeniedException _) {
            return unreadable(name, "no permission; write the path of a file you may read");
        } catch (IOException | SecurityException _) {
            String what = Files.isDirectory(file) ? "it is a folder" : "no readable file";
            return unreadable(name, what + "; write the path of a file");
        }
    }

    /// Checks a text.
    ///
    /// @param name what problems call the file
    public static Result parse(String name, String text, Map<String, String> environment) {
        return parse(name, text, environment, List.of());
    }

    /// Checks a text with what operators changed while the gateway ran.
    static Result parse(
            String name, String text, Map<String, String> environment, List<OverlayEntry> overlay) {
        Reading reading = new Reading(name, environment);
        Optional<Node> root = compose(reading, text).map(node -> Graft.onto(node, overlay));
        if (root.isEmpty() && !reading.isRefused()) {
            reading.refuse(Problem.WHOLE, "the file is empty; write at least providers");
        }
        Config config =
                root.map(node -> new ConfigReader(reading, environment).read(node)).orElse(null);
        return config == null
                ? new Refused(reading.refusals())
                : new Loaded(config, reading.warnings());
    }

    /// The parsed text, or nothing after saying why.
    static Optional<Node> compose(Reading reading, String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setAllowDuplicateKeys(true) // both are reported with their path
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            reading.refuse(line, Problem.WHOLE, syntax(e.getProblem()));
        } catch (ReaderException e) {
            int line =
                    1
                            + (int)
                                    text.codePoints()
                                            .limit(e.getPosition())
                                            .filter(c -> c == '\n')
                                            .count();
            reading.refuse(
                    line, Problem.WHOLE, "a character YAML does not allow; write it escaped");
        } catch (YamlEngineException | StackOverflowError _) {
            reading.refuse(Problem.WHOLE, "it is too large or nested too deep; write it simpler");
        }
        return Optional.empty();
    }

    /// The parser's own words, but for those that repeat text of the file: it may be a secret.
    private static String syntax(String problem) {
        if (problem.contains("alias")) {
            return "an alias without its anchor; write quotes around text that starts with *";
        }
        if (problem.contains("TAB")) {
            return "a tab at the start of a line or word; write blanks instead";
        }
        if (problem.contains("<block end>")) {
            return "a key or item that does not stand below its neighbours; write all of one"
                    + " section with the same number of blanks before them";
        }
        return "not YAML: "
                + problem.replace(';', ',')
                + "; write quotes around text such as \"${NAME}\"";
    }

    private static Unreadable unreadable(String name, String why) {
        String text = "cannot be read: " + why;
        return new Unreadable(new Problem(name, Problem.NOWHERE, "", text));
    }
}
