package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.RequestHead;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is to be done for one request.
///
/// @param head what its body says
/// @param route the route's name, or null where a provider was named
/// @param targets in the order in which they are tried; not empty
/// @param policy what governs the exchange
/// @param body as the client sent it
public record Plan(
        Operation operation,
        RequestHead head,
        @Nullable String route,
        List<Target> targets,
        ExchangePolicy policy,
        Buffer body) {

    /// The body as the target is to get it.
    public Buffer bodyFor(Target target) {
        return target.model().equals(head.model())
                ? body
                : Buffer.buffer(head.spliceModel(body.getBytes(), target.model()));
    }
}
