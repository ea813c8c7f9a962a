package dev.ebbgate.dialects;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value of an answer that is put together from many events.
sealed interface Grown {

    /// Writes the value as JSON.
    void write(Bytes out);

    /// A string of which each event brings a piece. The raw bodies are joined, so an escape stays
    /// as the provider wrote it, and the two halves of a surrogate pair meet again.
    final class Text implements Grown {

        private final Bytes body = new Bytes();

        Bytes body() {
            return body;
        }

        @Override
        public void write(Bytes out) {
            out.append("\"").append(body).append("\"");
        }
    }

    /// A value that came in one piece.
    final class Whole implements Grown {

        private final Slice value;

        /// @param value to be kept; nobody writes into it
        Whole(Slice value) {
            this.value = value;
        }

        Slice value() {
            return value;
        }

        @Override
        public void write(Bytes out) {
            out.append(value);
        }
    }

    /// An object, its members in the order in which they first came.
    final class Members implements Grown {

        private final Map<String, Grown> byName = new LinkedHashMap<>();

        @Nullable Grown get(String name) {
            return byName.get(name);
        }

        void put(String name, Grown value) {
            byName.put(name, value);
        }

        void putIfAbsent(String name, Grown value) {
            byName.putIfAbsent(name, value);
        }

        @Override
        public void write(Bytes out) {
            String separator = "{";
            for (Map.Entry<String, Grown> member : byName.entrySet()) {
                StringBuilder name = new StringBuilder(separator);
                JsonText.quote(name, member.getKey());
                out.append(name.append(':').toString());
                member.getValue().write(out);
                separator = ",";
            }
            out.append(byName.isEmpty() ? "{}" : "}");
        }
    }

    /// An array. An element that is found again by its number grows, and stands in the order of the
    /// numbers; the others came in one piece.
    final class Elements implements Grown {

        private static final long UNNUMBERED = -1;

        private final List<Grown> all = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final Map<Long, Members> byNumber = new HashMap<>();
        private @Nullable Members latest;

        void add(Grown element) {
            all.add(element);
            numbers.add(UNNUMBERED);
        }

        /// Begins an element that later events may find by this number.
        Members begin(long number) {
            Members fresh = new Members();
            int place = all.size();
            while (number >= 0 && place > 0 && numbers.get(place - 1) > number) {
                place--;
            }
            all.add(place, fresh);
            numbers.add(place, number);
            byNumber.put(number, fresh);
            latest = fresh;
            return fresh;
        }

        @Nullable Members at(long number) {
            return byNumber.get(number);
        }

        /// The element begun last.
        @Nullable Members latest() {
            return latest;
        }

        @Override
        public void write(Bytes out) {
            String separator = "[";
            for (Grown element : all) {
                out.append(separator);
                element.write(out);
                separator = ",";
            }
            out.append(all.isEmpty() ? "[]" : "]");
        }
    }
}
