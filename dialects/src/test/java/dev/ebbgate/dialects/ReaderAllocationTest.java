package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import java.lang.management.ManagementFactory;
import java.util.List;

/// The steady path of the reader allocates nothing, whole or in pieces.
class ReaderAllocationTest {

    private static final int STREAMS = 2_000;

    /// What the measuring itself may cost.
    private static final long SLACK = 20_000;

    @SuppressWarnings("unused") // the source of the parameters
    private static final List<Golden> STEADY =
            Golden.ALL.stream().filter(golden -> !golden.kinds().contains("E")).toList();

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @FieldSource("STEADY")
    void manyEvents_allocateNothing(Golden golden) {
        // No new model is told: that is kept once per answer.
        String lines = new String(golden.bytes(), ISO_8859_1);
        byte[] stream = lines.replace("\"model\"", "\"other\"").getBytes(ISO_8859_1);
        EventReader reader = golden.reader();
        EventReader.Sink sink = (_, _, _, _) -> true;
        feed(reader, stream, sink);

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < STREAMS; i++) {
            feed(reader, stream, sink);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(SLACK);
    }

    private static void feed(EventReader reader, byte[] stream, EventReader.Sink sink) {
        reader.feed(stream, 0, stream.length, sink);
        for (int at = 0; at < stream.length; at += 100) {
            reader.feed(stream, at, Math.min(stream.length, at + 100), sink);
        }
    }
}
