package dev.ebbgate.tools.figures;

import com.sun.management.OperatingSystemMXBean;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/// What this process has used.
final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Machine() {}

    static long cpuNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /// Bytes that are alive: after a whole collection.
    static long liveBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static String told() {
        return Runtime.getRuntime().availableProcessors()
                + " cores, load average "
                + String.format(Locale.ROOT, "%.1f", SYSTEM.getSystemLoadAverage())
                + ", Java "
                + Runtime.version();
    }
}
