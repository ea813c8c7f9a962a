package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.ResolvedLimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One reading of one file: its environment, and what was found wrong so far.
final class Reading {

    private final String file;
    private final Variables variables;
    private final Set<Problem> refusals = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();
    private final Map<String, Integer> lines = new HashMap<>();

    Reading(String file, Map<String, String> environment) {
        this.file = file;
        this.variables = new Variables(environment);
    }

    Variables variables() {
        return variables;
    }

    /// Remembers where a key stands, for problems that show only once all is read.
    void stands(String path, int line) {
        lines.putIfAbsent(path, line);
    }

    void refuse(int line, String path, String text) {
        refusals.add(problem(line, path.isEmpty() ? Problem.WHOLE : path, text));
    }

    void refuse(String path, String text) {
        refuse(line(path), path, text);
    }

    void warn(String path, String text) {
        warnings.add(problem(line(path), path, text));
    }

    /// What an operator set stands in no file.
    private Problem problem(int line, String path, String text) {
        return path.startsWith(ResolvedLimit.ADMIN)
                ? new Problem(Problem.OVERLAY, Problem.NOWHERE, path, text)
                : new Problem(file, line, path, text);
    }

    boolean isRefused() {
        return !refusals.isEmpty();
    }

    List<Problem> refusals() {
        return byLine(refusals);
    }

    List<Problem> warnings() {
        return byLine(warnings);
    }

    /// The line of a key, or of the nearest one above it that is written.
    private int line(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    private static String parent(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? "" : path.substring(0, dot);
    }

    private static List<Problem> byLine(Set<Problem> problems) {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparingInt(Problem::line));
        return List.copyOf(sorted);
    }
}
