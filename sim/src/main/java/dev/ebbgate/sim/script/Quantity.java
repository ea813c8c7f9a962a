package dev.ebbgate.sim.script;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations (`1m30s`, `250ms`, `off`) and sizes (`8MiB`, `4KiB`, `17`) as they are written in a
/// script.
final class Quantity {

    private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|m|h)");
    private static final Map<String, Long> NANOS =
            Map.of(
                    "us", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB)?");

    private Quantity() {}

    /// Nanoseconds; 0 for `off`.
    static long nanos(String key, String text) {
        if (text.equals("off")) {
            return 0;
        }
        Matcher part = DURATION.matcher(text);
        double sum = 0;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum += Double.parseDouble(part.group(1)) * NANOS.getOrDefault(part.group(2), 0L);
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new BadScript(key + "=" + text + ": write a duration such as 30s, 250ms or off");
        }
        return (long) sum;
    }

    static int bytes(String key, String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new BadScript(key + "=" + text + ": write a size such as 512, 64KiB or 8MiB");
        }
        String unit = size.group(2);
        int shift = unit == null || unit.equals("B") ? 0 : unit.equals("KiB") ? 10 : 20;
        long bytes = Long.parseLong(size.group(1)) << shift;
        if (bytes > 64 << 20) {
            throw new BadScript(key + "=" + text + ": at most 64MiB");
        }
        return (int) bytes;
    }
}
