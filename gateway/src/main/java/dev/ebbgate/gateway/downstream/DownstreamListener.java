package dev.ebbgate.gateway.downstream;

import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;

/// Hears what happens on the client's side of an exchange, on its event loop.
@FunctionalInterface
public interface DownstreamListener {

    void on(Downstream event);
}
