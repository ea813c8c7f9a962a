package dev.ebbgate.tools.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// What the runtime costs and how late it is, on the real clock: `bench/tools`. It runs only where
/// `-Dtools.calls=1000000` says of how many calls the live heap is to be looked at, and writes what
/// it finds.
@EnabledIfSystemProperty(named = "tools.calls", matches = "\\d+")
class FiguresTest {

    private static final Path ROOT = Path.of(System.getProperty("ebbgate.root", ".."));

    @Test
    void figures_areTakenAndWritten() throws Exception {
        int calls = Integer.getInteger("tools.calls", 0);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String machine = Machine.told();
        List<Figure> figures = new ArrayList<>();

        warmUp();
        figures.addAll(OneTimeout.measure());
        figures.addAll(SameInstant.measure());
        figures.addAll(ManyArmed.measure());
        figures.addAll(Heartbeats.measure());
        figures.addAll(Tree.measure());
        figures.addAll(LiveHeap.measure(calls));

        String table = table(figures) + "\n" + Blockers.table();
        String head = "`bench/tools " + calls + "`, " + today + ", " + machine + ".\n\n";
        write("bench/results/" + today + "-tools.md", "# Tools\n\n" + head + table);
        write("docs/tools-verdict.md", Verdict.text(ROOT, head + table));
        assertThat(figures).isNotEmpty();
    }

    private static void warmUp() throws Exception {
        List<Figure> _ = SameInstant.measure();
        List<Figure> _ = Tree.measure();
        List<Figure> _ = LiveHeap.measure(100_000);
    }

    private static String table(List<Figure> figures) {
        StringBuilder text = new StringBuilder();
        text.append(
                """
                | | this runtime | `ScheduledThreadPoolExecutor` | `orTimeout` | asked for at most | |
                |---|--:|--:|--:|--:|---|
                """);
        figures.forEach(figure -> text.append(figure.row()).append('\n'));
        return text.toString();
    }

    private static void write(String file, String text) throws IOException {
        Files.writeString(ROOT.resolve(file), text);
        System.out.println(text);
    }
}
