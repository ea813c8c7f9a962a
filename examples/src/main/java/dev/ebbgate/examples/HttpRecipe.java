package dev.ebbgate.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.settings.ToolSettings;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A page, line by line; an interrupt ends the request, and the client's own limit lies behind
/// ours.
public final class HttpRecipe {

    private HttpRecipe() {}

    static Tool<URI, Integer> fetching(HttpClient client, Duration total) {
        // <http>
        return Tool.of(
                "fetch",
                ToolSettings.of(total),
                (uri, ctx) -> {
                    HttpRequest request =
                            HttpRequest.newBuilder(uri)
                                    .timeout(ctx.remaining().plusSeconds(1)) // ours fires first
                                    .build();
                    var response = client.send(request, BodyHandlers.ofInputStream());
                    InputStream body = ctx.own(response.body()); // closed when we are stopped
                    var lines = new BufferedReader(new InputStreamReader(body, UTF_8));
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        ctx.emit(line);
                    }
                    return response.statusCode();
                });
        // </http>
    }
}
