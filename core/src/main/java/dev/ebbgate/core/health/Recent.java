package dev.ebbgate.core.health;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/// The values that were recently asked for, made when they are first needed: a map that cannot grow
/// beyond about twice its bound, however many keys there are.
///
/// Two generations: what is asked for moves to the young one; when that is full it becomes the old
/// one, and what the old one still held is forgotten. Thread-safe; finding a young value takes no
/// lock. Threads that meet while a generation ends may get different values for a key that is new.
final class Recent<V> {

    private record Generations<V>(
            ConcurrentHashMap<String, V> young, ConcurrentHashMap<String, V> old) {}

    private final int most;
    private final Function<String, V> make;
    private final AtomicReference<Generations<V>> generations =
            new AtomicReference<>(
                    new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));

    /// @param most how many a generation holds
    Recent(int most, Function<String, V> make) {
        this.most = most;
        this.make = make;
    }

    V get(String key) {
        Generations<V> now = generations.get();
        V young = now.young.get(key);
        return young != null ? young : renew(now, key);
    }

    private V renew(Generations<V> now, String key) {
        V value = now.young.computeIfAbsent(key, k -> oldOrNew(now.old.get(k), k));
        if (now.young.mappingCount() >= most) {
            generations.compareAndSet(now, new Generations<>(new ConcurrentHashMap<>(), now.young));
        }
        return value;
    }

    private V oldOrNew(@Nullable V old, String key) {
        return old != null ? old : make.apply(key);
    }

    /// Remembers a value that was made elsewhere.
    void put(String key, V value) {
        generations.get().young.put(key, value);
    }

    /// All that are remembered, each once.
    Stream<V> values() {
        Generations<V> now = generations.get();
        return Stream.concat(now.young.values().stream(), now.old.values().stream()).distinct();
    }
}
