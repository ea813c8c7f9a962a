package dev.ebbgate.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/// Messages to and from a process, one per line. In place of the SDK's, which does not notice that
/// a server has died, and waits for ever for one that will not.
final class StdioTransport implements McpClientTransport {

    private static final System.Logger LOG = System.getLogger(StdioTransport.class.getName());

    /// As the SDK has it over HTTP.
    private static final int LONGEST = 16 * 1024 * 1024;

    private final ServerProcess server;
    private final McpJsonMapper json;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>();

    StdioTransport(ServerProcess server, McpJsonMapper json) {
        this.server = server;
        this.json = json;
    }

    /// When the server says nothing more.
    CompletionStage<Void> end() {
        return end;
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        return Mono.fromRunnable(() -> {
            Thread writer = start("mcp-write", this::write);
            start(
                    "mcp-read",
                    () -> {
                        read(handler);
                        writer.interrupt();
                        end.complete(null);
                    });
        });
    }

    /// On threads of the platform: reading a pipe holds a virtual thread's carrier.
    private static Thread start(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }

    private void read(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        Lines lines = new Lines(server.output(), LONGEST);
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                take(line, handler);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "an MCP server's output broke off", e);
        }
    }

    private void take(String line, Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
        try {
            JSONRPCMessage message = McpSchema.deserializeJsonRpcMessage(json, line);
            handler.apply(Mono.just(message)).subscribe(_ -> {}, StdioTransport::disturbed);
        } catch (IOException | RuntimeException e) {
            disturbed(e);
        }
    }

    /// What is no message is left out: launchers print greetings. Its text may be anyone's secret.
    private static void disturbed(Throwable e) {
        LOG.log(System.Logger.Level.DEBUG, "an MCP server's line was not taken: " + e.getClass());
    }

    private void write() {
        OutputStream input = server.input();
        try {
            while (true) {
                input.write(outgoing.take().getBytes(StandardCharsets.UTF_8));
                input.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the server has ended, and this thread with it
        } catch (IOException _) {
            server.close(); // it takes no more: reading ends as well
        }
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
        try {
            outgoing.add(json.writeValueAsString(message) + "\n");
            return Mono.empty();
        } catch (IOException e) {
            return Mono.error(e);
        }
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(server::close);
    }

    @Override
    public <T> @Nullable T unmarshalFrom(@Nullable Object value, TypeRef<T> type) {
        return json.convertValue(value, type);
    }
}
