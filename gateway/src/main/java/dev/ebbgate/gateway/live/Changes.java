package dev.ebbgate.gateway.live;

import dev.ebbgate.core.overlay.Overlay;
import dev.ebbgate.core.overlay.OverlayEntry;
import dev.ebbgate.core.overlay.OverlayKey;
import dev.ebbgate.gateway.config.Layered;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is different between two overlays, in words.
final class Changes {

    private Changes() {}

    /// One line for each key; keys and headers are not shown.
    static List<String> between(Overlay before, Overlay after) {
        Map<OverlayKey, OverlayEntry> old = byKey(before);
        Map<OverlayKey, OverlayEntry> next = byKey(after);
        List<String> lines = new ArrayList<>();
        next.forEach((key, entry) -> {
            if (!entry.equals(old.get(key))) {
                String shown = Layered.shown(entry);
                lines.add(key.path() + (shown == null ? " is hidden" : " = " + shown));
            }
        });
        old.keySet().stream()
                .filter(key -> !next.containsKey(key))
                .forEach(key -> lines.add(key.path() + " is the file's again"));
        return lines;
    }

    private static Map<OverlayKey, OverlayEntry> byKey(Overlay overlay) {
        Map<OverlayKey, OverlayEntry> entries = new LinkedHashMap<>();
        overlay.entries().forEach(entry -> entries.put(entry.key(), entry));
        return entries;
    }
}
