package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.RequestHead;
import dev.ebbgate.dialects.StreamedRequest;
import dev.ebbgate.dialects.Transcript;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is to be done for one request.
///
/// @param route the route's name, or null where a provider was named
/// @param targets in the order in which they are tried; not empty
/// @param assembled whether the providers are asked for a stream, of which one answer is made
/// @param policy what governs the exchange
/// @param standing how the targets stand
/// @param repetition whether it was asked before
public record Plan(
        Request request,
        @Nullable String route,
        List<Target> targets,
        boolean assembled,
        ExchangePolicy policy,
        Standing standing,
        Repetition repetition) {

    /// The longest body that is rather copied, in bytes.
    private static final int SHORT = 16 * 1024;

    public Operation operation() {
        return request.operation();
    }

    /// What the request's body says.
    public RequestHead head() {
        return request.head();
    }

    /// The body as the client sent it; not to be written into.
    public Buffer body() {
        return request.body();
    }

    /// What the ledger keeps of the question.
    public Entry.Asked asked() {
        return new Entry.Asked(
                operation().path(),
                operation().dialect(),
                route,
                head().model(),
                policy.streamed(),
                repetition.isResend(),
                body().length(),
                deadline());
    }

    /// How long the client itself said the whole may take, or null.
    public @Nullable Span deadline() {
        ResolvedLimit request = policy.targets().getFirst().request();
        return request.isClients() && !request.value().isOff() ? request.value() : null;
    }

    /// Whether the providers are asked for a stream.
    public boolean inPhases() {
        return assembled || policy.streamed();
    }

    /// The body as the target is to get it.
    public Buffer bodyFor(Target target) {
        Buffer named = named(target.model());
        if (!assembled) {
            return named;
        }
        byte[] streamed = StreamedRequest.of(operation(), named.getBytes());
        return BufferInternal.buffer(Unpooled.wrappedBuffer(streamed));
    }

    /// A transcript of an answer that is being told.
    public Transcript transcript() {
        long most = policy.failover().midStream().holdMax().bytes();
        return new Transcript(
                operation(), body().getBytes(), (int) Math.min(most, Integer.MAX_VALUE / 2));
    }

    /// The body with this model: its name is set between what stands before and behind the one that
    /// was asked for. A short body is copied, which costs less than sending three pieces.
    private Buffer named(String model) {
        if (model.equals(head().model())) {
            return body();
        }
        ByteBuf whole = ((BufferInternal) body()).getByteBuf();
        ByteBuf before = whole.slice(0, head().modelFrom());
        ByteBuf name = Unpooled.wrappedBuffer(RequestHead.quoted(model));
        ByteBuf behind = whole.slice(head().modelTo(), whole.readableBytes() - head().modelTo());
        return BufferInternal.buffer(
                whole.readableBytes() <= SHORT
                        ? Unpooled.copiedBuffer(before, name, behind)
                        : Unpooled.wrappedBuffer(before, name, behind));
    }
}
