package dev.ebbgate.core.overlay;

/// Keeps the overlay where every gateway that shares a configuration finds it. Its methods may
/// block and are called by one thread at a time.
public interface OverlayStore extends AutoCloseable {

    /// It cannot be read or written now, for a reason that the message tells.
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        public Unavailable(String message) {
            super(message);
        }
    }

    /// Where it is kept, as operators know it.
    String place();

    /// What is kept.
    Overlay read() throws Unavailable;

    /// Keeps another one in place of that of revision `next.revision() - 1`, wholly or not at all.
    ///
    /// @return whether that was still what was kept; if not, nothing is changed
    boolean replace(Overlay next) throws Unavailable;

    /// Lets go of what is held to reach it. It may be used again.
    @Override
    default void close() {}
}
