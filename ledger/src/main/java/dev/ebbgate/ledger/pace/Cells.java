package dev.ebbgate.ledger.pace;

import dev.ebbgate.ledger.pack.Packed;
import dev.ebbgate.ledger.pack.Recorded;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The cells of the minutes and hours that are not over yet. Confined to one thread.
///
/// The number of cells of a minute, or an hour, is bounded, for clients can make up models: what is
/// above the bound is counted together, as [Place#OTHERS].
public final class Cells {

    /// The most cells of one minute or hour.
    static final int MOST = 512;

    /// The most names that are told apart in the life of a process.
    static final int MOST_NAMES = 2_000;

    private final Map<Place, Live> cells = new HashMap<>();
    private final Map<Long, Integer> sizes = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Set<Place> changed = new HashSet<>();
    private final Packed out = new Packed(8 * 1024);
    private final Times.Scratch scratch = new Times.Scratch();
    private int part;

    /// A cell, and which part of what belongs to its place it holds: one that was forgotten is not
    /// gone on with, for entries may come late, and clocks may be put back.
    private record Live(int part, Cell cell) {}

    /// Counts an exchange with its attempts.
    public void add(Recorded entry) {
        for (Grain grain : Grain.values()) {
            long at = grain.floor(entry.endedMillis());
            String route = entry.asked().route();
            String key = entry.client().key();
            at(new Place(grain, at, route, null, key)).add(entry);
            for (int i = 0; i < entry.attempts().size(); i++) {
                Recorded.Try attempt = entry.attempts().get(i);
                if (attempt.isAsked()) {
                    Place place = new Place(grain, at, route, attempt.target(), key);
                    at(place).add(attempt, isLeft(entry, i));
                }
            }
        }
    }

    /// Whether another target was tried because this attempt had failed.
    private static boolean isLeft(Recorded entry, int index) {
        return index + 1 < entry.attempts().size() && entry.attempts().get(index + 1).isFailover();
    }

    private Cell at(Place place) {
        Live known = cells.get(place);
        if (known != null) {
            changed.add(place);
            return known.cell();
        }
        long period = place.atMillis() + place.grain().number();
        int size = sizes.merge(period, 1, Integer::sum);
        Place within = size > MOST || !isNamed(place) ? place.others() : place;
        changed.add(within);
        return cells.computeIfAbsent(within, _ -> new Live(part, new Cell())).cell();
    }

    /// Whether the names of this place may stand for themselves.
    private boolean isNamed(Place place) {
        return isKnown(place.route()) && isKnown(place.target()) && isKnown(place.key());
    }

    private boolean isKnown(@Nullable String name) {
        return name == null
                || names.contains(name)
                || (names.size() < MOST_NAMES && names.add(name));
    }

    /// Takes a cell that has changed.
    ///
    /// @param <X> what it may throw
    public interface Sink<X extends Exception> {

        /// Takes the cell as it is now.
        ///
        /// @param part which part of what belongs to this place the body holds
        void cell(Place place, int part, byte[] body) throws X;
    }

    /// Hands out what has changed since [#settled].
    public <X extends Exception> void changed(Sink<X> sink) throws X {
        for (Place place : changed) {
            Live live = cells.get(place);
            if (live != null) {
                live.cell().write(out.clear(), scratch);
                sink.cell(place, live.part(), out.toBytes());
            }
        }
    }

    /// What has changed is written down; what lies in the past is forgotten.
    ///
    /// @param nowMillis in milliseconds since 1970 UTC
    public void settled(long nowMillis) {
        changed.clear();
        if (cells.keySet().removeIf(place -> isPast(place, nowMillis))) {
            part++;
        }
        sizes.keySet().removeIf(period -> period < Grain.HOUR.floor(nowMillis));
    }

    private static boolean isPast(Place place, long nowMillis) {
        return place.atMillis() + 2 * place.grain().millis() <= nowMillis;
    }
}
