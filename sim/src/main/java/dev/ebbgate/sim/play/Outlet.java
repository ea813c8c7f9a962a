package dev.ebbgate.sim.play;

import dev.ebbgate.sim.script.Ending;

import io.vertx.core.buffer.Buffer;

import java.util.Map;

/// Where the steps go: one response. All calls on its event loop.
public interface Outlet {

    void head(int status, Map<String, String> headers);

    void write(Buffer bytes, int events);

    void finish(Ending ending);

    /// Whether the peer has left or the answer is over: nothing can be written any more.
    boolean over();

    /// Whether the peer reads too slowly for more to be written now.
    boolean full();

    /// Runs once when it is no longer [#full].
    void onceDrained(Runnable action);

    /// Runs when the peer leaves before the end.
    void onceClosed(Runnable action);
}
