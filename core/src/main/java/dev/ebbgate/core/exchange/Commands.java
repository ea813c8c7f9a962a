package dev.ebbgate.core.exchange;

import java.util.ArrayList;
import java.util.List;

/// Lists of commands, of which most are empty.
final class Commands {

    private Commands() {}

    /// The first and then the second.
    static List<Command> joined(List<Command> first, List<Command> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<Command> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
