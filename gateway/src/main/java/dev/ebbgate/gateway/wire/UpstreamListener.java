package dev.ebbgate.gateway.wire;

import dev.ebbgate.core.failure.Failure;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/// Takes what happens on one call to a provider, on the call's event loop, in this order:
/// `connected`, `head`, `chunk`*, then one of `ended` and `failed`; `failed` may come at any time.
/// After [Call#abort] nothing comes.
public interface UpstreamListener {

    /// A usable connection is there; the request is being sent.
    void connected();

    /// The answer's status and headers are there.
    void head(int status, MultiMap headers);

    /// Bytes of the answer's body. The buffer belongs to the listener.
    void chunk(Buffer bytes);

    /// The answer ended cleanly.
    void ended();

    /// The call failed; its connection is closed.
    void failed(Failure failure);
}
