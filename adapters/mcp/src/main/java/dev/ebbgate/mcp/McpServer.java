package dev.ebbgate.mcp;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.settings.ToolSettings;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server whose tools can be run by a `ToolRuntime`, with its limits: progress that the server
/// reports renews `idle`, never `attempt` or `total`, and a call whose outcome is decided is
/// cancelled at the server. Safe for threads. Close it; a server that was started here ends then.
///
/// A server that has ended is not started again: calls fail with [McpServerException].
public final class McpServer implements AutoCloseable {

    /// Instead of the SDK's own limit on requests, whose 20 s would cut off what ours allow.
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final McpJsonMapper json = McpJsonDefaults.getMapper();
    private final ResultText text = new ResultText(json);
    private final Map<Object, McpCall> calls = new ConcurrentHashMap<>();
    private final McpLimits limits;
    private final Wire wire;
    private final McpAsyncClient client;
    private final Runnable last;

    private McpServer(McpLimits limits, Wire wire, Runnable last) {
        this.limits = limits;
        this.wire = wire;
        this.last = last;
        this.client =
                McpClient.async(wire)
                        .clientInfo(McpSchema.Implementation.builder("ebbgate", "0.1").build())
                        .requestTimeout(NEVER)
                        .initializationTimeout(
                                duration(limits.start()).plusSeconds(1)) // ours fires first
                        .enableCallToolSchemaCaching(false)
                        .progressConsumer(notice -> Mono.fromRunnable(() -> progressed(notice)))
                        .build();
    }

    /// Starts a server and speaks with it through its standard input and output, as
    /// `McpServer.start(new ProcessBuilder("npx", "-y", …), McpLimits.DEFAULT)`. What it writes to
    /// stderr is dropped, unless the builder sends that elsewhere.
    ///
    /// @throws McpServerException if it does not introduce itself in time
    public static McpServer start(ProcessBuilder command, McpLimits limits)
            throws IOException, InterruptedException {
        if (command.redirectError().equals(ProcessBuilder.Redirect.PIPE)) {
            command.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        ServerProcess process = new ServerProcess(command.start(), limits.grace());
        StdioTransport transport = new StdioTransport(process, McpJsonDefaults.getMapper());
        Wire wire = new Wire(transport, limits.grace());
        var _ = transport.end().thenRun(wire::ended);
        McpServer server = new McpServer(limits, wire, process::close).introduced();
        process.remember();
        return server;
    }

    /// Speaks with a server over streamable HTTP.
    ///
    /// @param endpoint as `https://tools.example/mcp`
    /// @throws McpServerException if it does not introduce itself in time
    public static McpServer connect(URI endpoint, McpLimits limits)
            throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(duration(limits.start()))
                        .build();
        URI base = endpoint.resolve("/");
        var transport =
                HttpClientStreamableHttpTransport.builder(base.toString())
                        .endpoint("/" + base.relativize(endpoint));
        return connect(transport, client, limits, client::shutdownNow);
    }

    /// The same with a transport that is set up already, for example with credentials.
    ///
    /// @param client that carries it; whoever made it closes it
    public static McpServer connect(
            HttpClientStreamableHttpTransport.Builder transport,
            HttpClient client,
            McpLimits limits)
            throws IOException, InterruptedException {
        return connect(transport, client, limits, () -> {});
    }

    private static McpServer connect(
            HttpClientStreamableHttpTransport.Builder transport,
            HttpClient client,
            McpLimits limits,
            Runnable last)
            throws IOException, InterruptedException {
        transport
                .clientBuilder(new ReadyClient(new TrackedClient(client)))
                .addAsyncHttpRequestCustomizer(new Marking(duration(limits.question())));
        return new McpServer(limits, new Wire(transport.build(), limits.grace()), last)
                .introduced();
    }

    private McpServer introduced() throws IOException, InterruptedException {
        try {
            answer(client.initialize(), limits.start(), "introduce itself", "start");
            return this;
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T> T answer(Mono<T> question, Span limit, String what, String name)
            throws IOException, InterruptedException {
        try {
            return question.toFuture().get(limit.nanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new McpServerException("the MCP server did not " + what, e.getCause());
        } catch (TimeoutException _) {
            throw new McpServerException(
                    "the MCP server did not "
                            + what
                            + " within "
                            + limit
                            + " (limit "
                            + name
                            + ")");
        }
    }

    /// What it offers, as its tools are to be described to a model.
    ///
    /// @throws McpServerException if it does not answer in time
    public List<McpSchema.Tool> offers() throws IOException, InterruptedException {
        return answer(client.listTools(), limits.question(), "tell its tools", "question").tools();
    }

    /// Its tool of that name, whose arguments are a JSON object as a map. The result is what it
    /// answers as text; where it says that it failed, the run fails with [McpToolException].
    public Tool<Map<String, Object>, String> tool(String name, ToolSettings settings) {
        return new McpTool<>(
                this,
                name,
                settings,
                (tool, args) -> CallToolRequest.builder(tool).arguments(args));
    }

    /// The same, whose arguments are a JSON object as text: as a model writes them.
    public Tool<String, String> jsonTool(String name, ToolSettings settings) {
        return new McpTool<>(
                this,
                name,
                settings,
                (tool, args) -> CallToolRequest.builder(tool).arguments(json, args));
    }

    String call(CallToolRequest.Builder request, ToolContext ctx) throws Exception {
        McpCall call = new McpCall(ctx, wire);
        calls.put(call.progressToken(), call);
        try {
            ctx.token().onCancel(call::giveUp);
            client.callTool(request.progressToken(call.progressToken()).build())
                    .contextWrite(context -> context.put(McpTransportContext.KEY, held(call)))
                    .subscribe(call::answered, call::failed);
            return text.of(call.await());
        } catch (ExecutionException e) {
            throw cause(e.getCause());
        } finally {
            calls.remove(call.progressToken());
            call.giveUp(); // changes nothing but for one who was interrupted
        }
    }

    private static McpTransportContext held(McpCall call) {
        return McpTransportContext.create(Map.of(McpCall.KEY, call));
    }

    private static Exception cause(@Nullable Throwable error) {
        return switch (error) {
            case McpServerException it -> it;
            case McpError it when it.getJsonRpcError() != null ->
                    new McpToolException(it.getJsonRpcError().message());
            case Exception it -> new McpServerException("the MCP server could not be asked", it);
            case null, default -> new McpServerException("the MCP server could not be asked");
        };
    }

    private void progressed(McpSchema.ProgressNotification notice) {
        McpCall call = calls.get(notice.progressToken());
        if (call != null) {
            call.progressed(notice);
        }
    }

    /// Whether it can be asked. Over HTTP, nobody knows before asking.
    public boolean isAlive() {
        return !wire.isGone();
    }

    /// Takes leave of it, and ends it if it was started here, with its children. Calls that are
    /// still in hand fail; end their runs first.
    @Override
    public void close() {
        try {
            answer(client.closeGracefully(), limits.grace(), "take leave", "grace");
        } catch (IOException _) {
            // it is left without a farewell
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            wire.ended();
            last.run();
        }
    }

    private static Duration duration(Span span) {
        return Duration.ofNanos(span.nanos());
    }
}
