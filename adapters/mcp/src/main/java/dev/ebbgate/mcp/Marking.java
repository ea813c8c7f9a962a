package dev.ebbgate.mcp;

import io.modelcontextprotocol.client.transport.customizer.McpAsyncHttpClientRequestCustomizer;
import io.modelcontextprotocol.common.McpTransportContext;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;

/// Marks the request of a call as that call's, and lets none that takes leave of one linger.
record Marking(Duration question) implements McpAsyncHttpClientRequestCustomizer {

    @Override
    public Publisher<HttpRequest.Builder> customize(
            HttpRequest.Builder request,
            String method,
            URI endpoint,
            @Nullable String body,
            McpTransportContext context) {
        if (body != null && context.get(McpCall.KEY) instanceof McpCall call) {
            request.method(
                    method, new TrackedBody(HttpRequest.BodyPublishers.ofString(body), call));
        } else if (context.get(Wire.FAREWELL) != null) {
            request.timeout(question);
        }
        return Mono.just(request);
    }
}
