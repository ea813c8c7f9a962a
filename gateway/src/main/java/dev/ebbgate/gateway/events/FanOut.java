package dev.ebbgate.gateway.events;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Hands events to whoever follows them at the time. What one of them does with a line holds up no
/// other: it is to take it at once, or leave. Subscribing is thread-safe.
final class FanOut implements Outlet {

    private final List<Consumer<byte[]>> subscribers = new CopyOnWriteArrayList<>();

    /// Hands lines to this one as well.
    ///
    /// @return ends it
    Runnable subscribe(Consumer<byte[]> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    @Override
    public String name() {
        return "subscribers";
    }

    @Override
    public void write(byte[] line) {
        subscribers.forEach(subscriber -> subscriber.accept(line));
    }
}
