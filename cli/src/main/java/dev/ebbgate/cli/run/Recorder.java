package dev.ebbgate.cli.run;

import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.ledger.pack.Recorded;

import java.util.ArrayList;
import java.util.List;

/// Keeps the first exchanges of one run in memory, for its story. Thread-safe.
public final class Recorder implements Ledger {

    /// More than anybody reads a story about.
    private static final int MOST = 20_000;

    private final List<Entry> entries = new ArrayList<>();

    @Override
    public synchronized void record(Entry entry) {
        if (entries.size() < MOST) {
            entries.add(entry);
        }
    }

    /// Those that carry the tag, in the order in which they ended.
    public synchronized List<Recorded> tagged(String tag) {
        return entries.stream()
                .filter(entry -> tag.equals(entry.client().tag()))
                .map(Recorded::of)
                .toList();
    }
}
