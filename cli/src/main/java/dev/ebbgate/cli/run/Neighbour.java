package dev.ebbgate.cli.run;

import dev.ebbgate.core.setting.Listen;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The gateway that may run already where the configuration says.
public final class Neighbour {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// Only the gateway's own page of health has this.
    private static final String SIGN = "\"errors_inside_200\"";

    private Neighbour() {}

    /// The address at which clients of this machine reach it.
    public static String address(Listen listen, int port) {
        String host = listen.host();
        String reached =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::" -> "[::1]";
                    default -> host.indexOf(':') >= 0 ? "[" + host + "]" : host;
                };
        return "http://" + reached + ":" + port;
    }

    /// Whether a gateway answers there.
    public static boolean answers(String address) throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .connectTimeout(PATIENCE)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/health")).build();
            HttpResponse<String> answer =
                    client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return answer.statusCode() == 200 && answer.body().contains(SIGN);
        } catch (ExecutionException | TimeoutException | IllegalArgumentException _) {
            return false;
        }
    }
}
