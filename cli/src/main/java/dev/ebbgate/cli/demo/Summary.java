package dev.ebbgate.cli.demo;

import dev.ebbgate.cli.demo.Terminal.Look;

import java.util.ArrayList;
import java.util.List;

/// The table at the end of the tour: two lines for each scene, then the verdict.
final class Summary {

    private static final String ROW = "%-16s %-21s %-18s %s";

    private Summary() {}

    static List<String> lines(List<SceneResult> results, Terminal terminal) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(
                terminal.paint(
                        Look.STRONG,
                        "   " + ROW.formatted("scene", "what happened", "expected", "measured")));
        lines.add(terminal.rule());
        for (SceneResult result : results) {
            lines.add(
                    " "
                            + terminal.mark(result.isAsTold())
                            + " "
                            + ROW.formatted(
                                    result.name(),
                                    result.happened(),
                                    result.expected(),
                                    result.measured()));
            lines.add(terminal.paint(Look.FAINT, "     " + result.limit()));
        }
        lines.add(terminal.rule());
        lines.addAll(verdict(results, terminal));
        return lines;
    }

    private static List<String> verdict(List<SceneResult> results, Terminal terminal) {
        List<SceneResult> others = results.stream().filter(r -> !r.isAsTold()).toList();
        if (others.isEmpty()) {
            return List.of(
                    terminal.paint(Look.GOOD, "All " + results.size() + " scenes went as told."));
        }
        List<String> lines = new ArrayList<>();
        for (SceneResult other : others) {
            String text =
                    other.name() + " did not go as told: " + String.join("; ", other.deviations());
            for (String line : Text.wrap(text, Text.WIDTH)) {
                lines.add(terminal.paint(Look.BAD, line));
            }
        }
        return lines;
    }
}
