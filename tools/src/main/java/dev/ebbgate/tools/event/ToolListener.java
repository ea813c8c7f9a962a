package dev.ebbgate.tools.event;

/// Is told what happens to every run. The events of one run come one after the other, in order, on
/// a thread of their own; those of different runs come at the same time. A listener that is slow or
/// throws delays and disturbs nothing but itself.
@FunctionalInterface
public interface ToolListener {

    /// Listens to nothing, and costs nothing.
    ToolListener NONE = _ -> {};

    void on(ToolEvent event);

    /// This listener, then another.
    default ToolListener and(ToolListener other) {
        return event -> {
            try {
                on(event);
            } finally {
                other.on(event);
            }
        };
    }
}
