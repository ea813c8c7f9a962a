package dev.ebbgate.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An MCP server over streamable HTTP: it keeps what it hears, and which streams were closed on it.
final class ScriptedHttpServer implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    final Queue<String> messages = new ConcurrentLinkedQueue<>();
    final Queue<String> closedStreams = new ConcurrentLinkedQueue<>();
    final Queue<String> methods = new ConcurrentLinkedQueue<>();

    ScriptedHttpServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mcp", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    List<String> heard(String method) {
        return messages.stream().filter(line -> Script.method(line).equals(method)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            methods.add(exchange.getRequestMethod());
            switch (exchange.getRequestMethod()) {
                case "POST" -> post(exchange);
                case "DELETE" -> exchange.sendResponseHeaders(200, -1);
                default -> exchange.sendResponseHeaders(405, -1);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void post(HttpExchange exchange) throws IOException, InterruptedException {
        String message =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        messages.add(message);
        switch (Script.method(message)) {
            case "initialize" -> {
                exchange.getResponseHeaders().set("Mcp-Session-Id", "session-1");
                json(exchange, Script.introduction(message));
            }
            case "tools/call" -> call(exchange, message);
            default -> exchange.sendResponseHeaders(202, -1);
        }
    }

    private void call(HttpExchange exchange, String message)
            throws IOException, InterruptedException {
        switch (Script.tool(message)) {
            case "echo" -> json(exchange, Script.text(message, "an answer", false));
            case "headless" -> Thread.sleep(600_000); // the connection is only seen to close
            case "broken" -> {
                try (OutputStream out = stream(exchange)) {
                    event(out, Script.progress(message, 1));
                }
            }
            default -> busy(exchange, message);
        }
    }

    /// Reports progress, or at least that the connection lives, until that is closed.
    private void busy(HttpExchange exchange, String message) throws InterruptedException {
        boolean reports = Script.tool(message).equals("busy");
        try (OutputStream out = stream(exchange)) {
            for (int step = 1; step < 1_000; step++) {
                if (reports) {
                    event(out, Script.progress(message, step));
                } else {
                    write(out, ": still here\n\n");
                }
                Thread.sleep(50);
            }
        } catch (IOException _) {
            closedStreams.add(Script.id(message));
        }
    }

    private static OutputStream stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private static void event(OutputStream out, String message) throws IOException {
        write(out, "event: message\ndata: " + message + "\n\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void json(HttpExchange exchange, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
