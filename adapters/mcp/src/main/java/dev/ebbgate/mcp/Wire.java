package dev.ebbgate.mcp;

import dev.ebbgate.core.limit.Span;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// A transport that remembers which requests are unanswered, so that one can be cancelled at the
/// server, and none waits for a server that has ended. The SDK does neither.
final class Wire implements McpClientTransport {

    /// In the transport context of a notification that cancels.
    static final String FAREWELL = "dev.ebbgate.mcp.farewell";

    private static final String CANCELLED = "notifications/cancelled";
    private static final int SERVER_GONE = -32_000;

    private final McpClientTransport transport;
    private final Span grace;

    /// A request on its way.
    ///
    /// @param call empty for one that is not the call of a tool
    /// @param context in which it left: the SDK's, with the version that was agreed on
    private record Asked(Optional<McpCall> call, ContextView context) {}

    /// By the id of the request.
    private final Map<Object, Asked> unanswered = new ConcurrentHashMap<>();

    private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> session = said -> said;
    private volatile boolean gone;

    Wire(McpClientTransport transport, Span grace) {
        this.transport = transport;
        this.grace = grace;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        session = handler;
        return transport.connect(said -> handler.apply(said.filter(this::isAwaited)));
    }

    /// An answer to what nobody asks any more goes nowhere.
    private boolean isAwaited(JSONRPCMessage message) {
        return !(message instanceof JSONRPCResponse answer)
                || answer.id() == null
                || unanswered.remove(answer.id()) != null;
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        return message instanceof JSONRPCRequest request
                ? Mono.create(sent -> send(request, sent))
                : transport.sendMessage(message);
    }

    private void send(JSONRPCRequest request, MonoSink<Void> sent) {
        ContextView context = sent.contextView();
        Optional<McpCall> call = callOf(context);
        if (call.isPresent() && !call.get().begin(request.id())) {
            sent.error(new McpServerException("the call was given up before it left"));
            return;
        }
        unanswered.put(request.id(), new Asked(call, context));
        if (gone) {
            unanswered.remove(request.id());
            sent.error(new McpServerException("the MCP server has ended"));
            return;
        }
        transport
                .sendMessage(request)
                .contextWrite(context)
                .subscribe(
                        null,
                        error -> {
                            unanswered.remove(request.id());
                            sent.error(error);
                        },
                        sent::success);
        call.ifPresent(McpCall::sent);
    }

    private static Optional<McpCall> callOf(ContextView context) {
        return context.<McpTransportContext>getOrEmpty(McpTransportContext.KEY)
                .map(held -> held.get(McpCall.KEY))
                .filter(McpCall.class::isInstance)
                .map(McpCall.class::cast);
    }

    /// Tells the server that a call is not wanted any more, unless it has answered. Over HTTP the
    /// closed stream says so as well, but up to protocol 2025-11-25 a server is not to take that
    /// for a cancellation.
    void cancel(McpCall call) {
        Object id = call.requestId();
        Asked asked = id == null ? null : unanswered.remove(id);
        if (id == null || asked == null) {
            return;
        }
        var notice =
                new JSONRPCNotification(
                        CANCELLED, Map.of("requestId", id, "reason", call.reason()));
        transport
                .sendMessage(notice)
                .contextWrite(Context.of(asked.context).put(McpTransportContext.KEY, farewell()))
                .subscribe(null, _ -> {}); // a server that cannot be reached needs no telling
        release(id);
    }

    private static McpTransportContext farewell() {
        return McpTransportContext.create(Map.of(FAREWELL, true));
    }

    /// The exchange of a call is over; if it held no answer, none will come. One that it held may
    /// still be on its way through the SDK, on another thread.
    void ending(McpCall call) {
        CompletableFuture.delayedExecutor(grace.nanos(), TimeUnit.NANOSECONDS)
                .execute(() -> ended(call));
    }

    private void ended(McpCall call) {
        Object id = call.requestId();
        if (id != null && unanswered.remove(id) != null) {
            call.failed(new McpServerException("the MCP server ended the stream unanswered"));
            release(id);
        }
    }

    /// The server has ended: nothing will be answered any more.
    void ended() {
        gone = true;
        for (Object id : List.copyOf(unanswered.keySet())) {
            Asked asked = unanswered.remove(id);
            if (asked != null) {
                fail(id, asked);
            }
        }
    }

    private void fail(Object id, Asked asked) {
        if (asked.call.isPresent()) {
            asked.call.get().failed(new McpServerException("the MCP server has ended"));
            release(id);
        } else {
            var error = new JSONRPCError(SERVER_GONE, "the server has ended", null);
            hand(JSONRPCResponse.error(id, error));
        }
    }

    boolean isGone() {
        return gone;
    }

    /// Lets the SDK forget a request, which it would remember for ever.
    private void release(Object id) {
        hand(JSONRPCResponse.result(id, Map.of("content", List.of())));
    }

    private void hand(JSONRPCMessage message) {
        session.apply(Mono.just(message)).subscribe();
    }

    @Override
    public void setExceptionHandler(Consumer<Throwable> handler) {
        transport.setExceptionHandler(handler);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return transport.closeGracefully();
    }

    @Override
    public <T> @Nullable T unmarshalFrom(@Nullable Object value, TypeRef<T> type) {
        return transport.unmarshalFrom(value, type);
    }

    @Override
    public List<String> protocolVersions() {
        return transport.protocolVersions();
    }
}
