package dev.ebbgate.core.overlay;

import dev.ebbgate.core.overlay.OverlayKey.Section;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All that operators changed while the gateway ran. It wins over the configuration's file, key by
/// key, and survives a restart. Immutable.
///
/// @param revision counts the changes
/// @param entries one per key, in the order in which they were first written
public record Overlay(long revision, List<OverlayEntry> entries) {

    public static final Overlay EMPTY = new Overlay(0, List.of());

    public Overlay {
        entries = List.copyOf(entries);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /// What concerns this route or provider.
    public Stream<OverlayEntry> of(Section section, String name) {
        return entries.stream().filter(entry -> entry.key().isOf(section, name));
    }

    /// The same with this entry, in place of those that concern the same key.
    public Overlay with(OverlayEntry entry) {
        List<OverlayEntry> all = new ArrayList<>();
        for (OverlayEntry old : entries) {
            if (!old.key().overlaps(entry.key())) {
                all.add(old);
            }
        }
        all.add(entry);
        return new Overlay(revision, all);
    }

    /// The same without these.
    public Overlay without(Predicate<OverlayEntry> these) {
        return new Overlay(revision, entries.stream().filter(these.negate()).toList());
    }

    /// What follows this one where that one is wanted: the next revision, in which whatever is as
    /// it was keeps its moment; this one itself where nothing would be different.
    public Overlay succeededBy(Overlay wanted) {
        Map<OverlayKey, OverlayEntry> known = new HashMap<>();
        entries.forEach(entry -> known.put(entry.key(), entry));
        List<OverlayEntry> next = new ArrayList<>();
        for (OverlayEntry entry : wanted.entries) {
            OverlayEntry old = known.get(entry.key());
            next.add(old != null && Objects.equals(old.value(), entry.value()) ? old : entry);
        }
        return Set.copyOf(next).equals(Set.copyOf(entries))
                ? this
                : new Overlay(revision + 1, next);
    }
}
