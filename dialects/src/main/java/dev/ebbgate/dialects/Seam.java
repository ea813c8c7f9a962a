package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Where a continuation meets the text said so far: holds its first events until it is known how
/// much they repeat, then hands them on without that.
final class Seam {

    /// Takes the events that speak.
    @FunctionalInterface
    interface Out {

        /// Takes one event.
        ///
        /// @param text what is left of the event's text; null if the event is to be left as it is
        /// @return whether to go on
        boolean speak(EventKind kind, Slice data, @Nullable String text);
    }

    /// What an event costs besides its bytes.
    private static final int COST_BYTES = 128;

    private record Held(EventKind kind, Slice data, String text) {}

    private final Overlap overlap;
    private final List<Held> held = new ArrayList<>();
    private final Out out;
    private long heldBytes;

    Seam(Overlap overlap, Out out) {
        this.overlap = overlap;
        this.out = out;
    }

    /// Whether nothing is held any more.
    boolean settled() {
        return overlap.settled();
    }

    /// About how many bytes are held.
    long heldBytes() {
        return heldBytes;
    }

    /// Takes an event that speaks this text.
    boolean add(EventKind kind, Slice data, String text) {
        if (settled()) {
            return out.speak(kind, data, null);
        }
        held.add(new Held(kind, data.copied(), text));
        heldBytes += COST_BYTES + data.length() + 2L * text.length();
        overlap.add(text);
        return !settled() || release();
    }

    /// Hands on what is held, as no more text comes that could tell.
    boolean settle() {
        overlap.end();
        return release();
    }

    private boolean release() {
        int skip = overlap.length();
        List<Held> released = List.copyOf(held);
        held.clear();
        heldBytes = 0;
        for (Held event : released) {
            int here = Math.min(skip, event.text.length());
            skip -= here;
            String rest = here == 0 ? null : event.text.substring(here);
            if (!out.speak(event.kind, event.data, rest)) {
                return false;
            }
        }
        return true;
    }
}
