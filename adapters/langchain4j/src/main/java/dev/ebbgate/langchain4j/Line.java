package dev.ebbgate.langchain4j;

import dev.ebbgate.tools.stream.WatchedStream;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What a watched answer and the connection it comes over know of each other. Safe for threads.
final class Line {

    /// The line of the answer that the present thread asks for.
    static final ScopedValue<Line> CURRENT = ScopedValue.newInstance();

    private final List<Runnable> ends = new ArrayList<>();
    private boolean hungUp;
    private volatile @Nullable WatchedStream stream;

    void watchedBy(WatchedStream value) {
        stream = value;
    }

    /// Something has arrived, whatever it is.
    void sign() {
        WatchedStream present = stream;
        if (present != null) {
            boolean _ = present.sign(() -> {});
        }
    }

    /// Adds a way to end the call; takes it at once if that is due.
    void onHangUp(Runnable end) {
        synchronized (this) {
            if (!hungUp) {
                ends.add(end);
                return;
            }
        }
        end.run();
    }

    /// Ends the call by every way there is.
    void hangUp() {
        List<Runnable> all;
        synchronized (this) {
            hungUp = true;
            all = List.copyOf(ends);
            ends.clear();
        }
        all.forEach(Runnable::run);
    }
}
