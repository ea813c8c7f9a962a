package dev.ebbgate.cli.run;

import dev.ebbgate.cli.http.BoundedClient;
import dev.ebbgate.core.limit.Span;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;

/// What listens where the configuration says. If it is a gateway, it is a `serve`, which outlives a
/// command: the gateways of other commands are on [FreePorts].
public enum Neighbour {
    /// A gateway that takes work.
    GATEWAY(""),
    NOBODY(""),
    DRAINING("the gateway there drains"),
    SILENT("what listens there does not answer within " + Neighbour.PATIENCE_SECONDS + "s"),
    STRANGER("what listens there is no Ebbgate");

    private static final long PATIENCE_SECONDS = 2;

    /// More than a page of health has.
    private static final long MOST_BYTES = 64 * 1024;

    /// Only the gateway's own page of health has this.
    private static final String SIGN = "\"errors_inside_200\"";

    private static final String DRAINS = "\"draining\"";

    private final String obstacle;

    Neighbour(String obstacle) {
        this.obstacle = obstacle;
    }

    /// Why it is not used, for people; empty where that goes without saying.
    public String obstacle() {
        return obstacle;
    }

    /// Looks who is there.
    ///
    /// @param address `http://127.0.0.1:12000`
    public static Neighbour at(String address) throws InterruptedException {
        HttpClient.Builder direct = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY);
        try (BoundedClient client = new BoundedClient(direct)) {
            return of(
                    client.send(
                            HttpRequest.newBuilder(URI.create(address + "/health")).build(),
                            BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES),
                            Span.ofSeconds(PATIENCE_SECONDS)));
        } catch (ConnectException | IllegalArgumentException _) {
            return NOBODY;
        } catch (HttpTimeoutException _) {
            return SILENT;
        } catch (IOException _) {
            return STRANGER;
        }
    }

    private static Neighbour of(HttpResponse<String> health) {
        if (health.statusCode() != 200 || !health.body().contains(SIGN)) {
            return STRANGER;
        }
        return health.body().contains(DRAINS) ? DRAINING : GATEWAY;
    }
}
