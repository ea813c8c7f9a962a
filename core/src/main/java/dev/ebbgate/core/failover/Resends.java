package dev.ebbgate.core.failover;

import dev.ebbgate.core.limit.Deadline;
import dev.ebbgate.core.limit.Span;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// Which targets were too slow for which bodies, lately: clients repeat what the gateway refuses to
/// repeat. Bodies are known by their length and a hash, which never leave memory; two that are
/// taken for one cost no more than another order of targets.
///
/// Thread-safe. While nothing was slow, nothing is hashed.
public final class Resends {

    /// How long it is remembered.
    public static final Span MEMORY = Span.ofSeconds(600);

    private static final int MOST = 10_000;

    private record Body(int length, long hash) {}

    /// From a length to the bodies of that length, and from each to the targets that were too slow,
    /// with the moment at which that is forgotten.
    private final Map<Integer, Map<Body, Map<String, Long>>> known = new ConcurrentHashMap<>();

    /// An empty memory.
    public Resends() {}

    /// Remembers that the limit `first-token` fired for this body at this target.
    public void remember(byte[] body, String target, long nowNanos) {
        if (known.size() >= MOST) {
            known.clear(); // a kindness, no promise
        }
        Map<Body, Map<String, Long>> same =
                known.computeIfAbsent(body.length, _ -> new ConcurrentHashMap<>());
        if (same.size() >= MOST) {
            same.clear();
        }
        same.computeIfAbsent(body(body), _ -> new ConcurrentHashMap<>())
                .put(target, MEMORY.after(nowNanos));
    }

    /// The targets that were too slow for this body lately; none for a body that is new.
    public Set<String> slowFor(byte[] body, long nowNanos) {
        Map<Body, Map<String, Long>> same = known.isEmpty() ? null : known.get(body.length);
        Map<String, Long> targets = same == null ? null : same.get(body(body));
        return targets == null
                ? Set.of()
                : targets.entrySet().stream()
                        .filter(target -> !Deadline.due(target.getValue(), nowNanos))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Body body(byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(body, 0, body.length);
        return new Body(body.length, crc.getValue() << Integer.SIZE ^ Arrays.hashCode(body));
    }
}
