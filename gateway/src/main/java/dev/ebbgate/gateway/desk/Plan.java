package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.RequestHead;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is to be done for one request.
///
/// @param head what its body says
/// @param route the route's name, or null where a provider was named
/// @param targets in the order in which they are tried; not empty
/// @param policy what governs the exchange
/// @param standing how the targets stand
/// @param repetition whether it was asked before
/// @param body as the client sent it; not to be written into
public record Plan(
        Operation operation,
        RequestHead head,
        @Nullable String route,
        List<Target> targets,
        ExchangePolicy policy,
        Standing standing,
        Repetition repetition,
        Buffer body) {

    /// The body as the target is to get it: another model's name is set between what stands before
    /// and behind it, and nothing is copied.
    public Buffer bodyFor(Target target) {
        if (target.model().equals(head.model())) {
            return body;
        }
        ByteBuf whole = ((BufferInternal) body).getByteBuf();
        int behind = head.modelTo();
        return BufferInternal.buffer(
                Unpooled.wrappedBuffer(
                        whole.slice(0, head.modelFrom()),
                        Unpooled.wrappedBuffer(RequestHead.quoted(target.model())),
                        whole.slice(behind, whole.readableBytes() - behind)));
    }
}
