package dev.ebbgate.tools.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Puts stages into an order in which each comes after what it needs (Kahn 1962), and tells all
/// that is wrong where there is none.
final class Graph<I> {

    private final Map<String, Stage<I, ?>> stages = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<Stage<I, ?>> ordered = new ArrayList<>();

    Graph(List<Stage<I, ?>> declared) {
        for (Stage<I, ?> stage : declared) {
            if (stages.putIfAbsent(stage.name(), stage) != null) {
                problems.add("there are two stages named " + stage.name());
            }
        }
        if (stages.isEmpty()) {
            problems.add("there is no stage");
        }
        findMissing();
        order();
        findCircles();
    }

    List<Stage<I, ?>> ordered() {
        return ordered;
    }

    List<String> problems() {
        return problems;
    }

    private void findMissing() {
        for (Stage<I, ?> stage : stages.values()) {
            for (String need : stage.needs()) {
                if (!stages.containsKey(need)) {
                    problems.add(
                            "stage " + stage.name() + " needs " + need + ", which is not there");
                }
            }
        }
    }

    private void order() {
        Set<String> placed = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Stage<I, ?> stage : stages.values()) {
                if (placed.containsAll(stage.needs()) && placed.add(stage.name())) {
                    ordered.add(stage);
                    grown = true;
                }
            }
        }
    }

    private void findCircles() {
        Set<String> told = new HashSet<>();
        for (Stage<I, ?> stage : stages.values()) {
            if (ordered.contains(stage) || told.contains(stage.name())) {
                continue;
            }
            List<String> circle = wayBack(stage.name());
            if (!circle.isEmpty()) {
                told.addAll(circle);
                problems.add("these need each other: " + String.join(" → ", circle));
            } else if (stages.keySet().containsAll(stage.needs())) {
                problems.add("stage " + stage.name() + " can never begin: what it needs never can");
            }
        }
    }

    /// From a stage along what it needs back to itself; empty if no way leads there.
    private List<String> wayBack(String start) {
        Map<String, String> cameFrom = new LinkedHashMap<>();
        ArrayDeque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String at = open.poll();
            for (String need : needs(at)) {
                if (need.equals(start)) {
                    return path(start, at, cameFrom);
                }
                if (cameFrom.putIfAbsent(need, at) == null) {
                    open.add(need);
                }
            }
        }
        return List.of();
    }

    private static List<String> path(String start, String end, Map<String, String> cameFrom) {
        List<String> path = new ArrayList<>(List.of(start));
        String at = end;
        while (at != null && !at.equals(start)) {
            path.add(1, at);
            at = cameFrom.get(at);
        }
        path.add(start);
        return path;
    }

    private Set<String> needs(String name) {
        Stage<I, ?> stage = stages.get(name);
        return stage == null ? Set.of() : stage.needs();
    }
}
