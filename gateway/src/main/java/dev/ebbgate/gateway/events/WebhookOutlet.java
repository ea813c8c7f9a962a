package dev.ebbgate.gateway.events;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Upstream;
import dev.ebbgate.core.upkeep.EventSettings.Delivery;
import dev.ebbgate.core.upkeep.EventSettings.Webhook;
import dev.ebbgate.gateway.wire.Way;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Posts each event to an address, one after the other: again and again while the address cannot be
/// reached, answers 408, 429 or 5xx, or does not answer; any other refusal is final. Its path may
/// be a secret and is in no message.
final class WebhookOutlet implements Outlet {

    private static final Span FIRST_PAUSE = Span.ofSeconds(1);
    private static final Span LONGEST_PAUSE = Span.ofSeconds(60);

    private final HttpClient client;
    private final URI address;
    private final @Nullable Secret secret;
    private final Delivery delivery;

    private WebhookOutlet(HttpClient client, Webhook webhook) {
        this.client = client;
        this.address = URI.create(webhook.upstream().baseUrl().toString());
        this.secret = webhook.secret();
        this.delivery = webhook.delivery();
    }

    static WebhookOutlet open(Webhook webhook) {
        Upstream upstream = webhook.upstream();
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER);
        Way.prepare(builder, upstream);
        return new WebhookOutlet(builder.build(), webhook);
    }

    @Override
    public String name() {
        return "the webhook at " + address.getHost();
    }

    @Override
    public void write(byte[] line) throws IOException, InterruptedException {
        long giveUp = delivery.retryFor().after(System.nanoTime());
        Span pause = FIRST_PAUSE;
        while (true) {
            String problem = post(line);
            if (problem == null) {
                return;
            }
            long wait = ThreadLocalRandom.current().nextLong(pause.nanos() / 2, pause.nanos());
            if (System.nanoTime() + wait - giveUp >= 0) {
                throw new IOException(problem);
            }
            TimeUnit.NANOSECONDS.sleep(wait);
            pause = new Span(pause.nanos() * 2).shorter(LONGEST_PAUSE);
        }
    }

    /// Why it is to be posted again; null if it was taken.
    ///
    /// @throws IOException if it is refused for good
    private @Nullable String post(byte[] line) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> sent =
                client.sendAsync(request(line), HttpResponse.BodyHandlers.discarding());
        try {
            int status = sent.get(delivery.timeout().nanos(), TimeUnit.NANOSECONDS).statusCode();
            if (status >= 200 && status < 300) {
                return null;
            }
            if (status != 408 && status != 429 && status < 500) {
                throw new IOException("it answered " + status);
            }
            return "it answered " + status;
        } catch (TimeoutException _) {
            return "no answer for " + delivery.timeout() + " (events.webhook.timeout)";
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "it cannot be reached: " + cause.getClass().getSimpleName();
        } finally {
            sent.cancel(true);
        }
    }

    private HttpRequest request(byte[] line) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .header("content-type", "application/json")
                        .header("user-agent", "ebbgate")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(line, 0, line.length - 1));
        if (secret != null) {
            long seconds = System.currentTimeMillis() / 1_000;
            byte[] body = Arrays.copyOf(line, line.length - 1);
            request.header(Signature.HEADER, Signature.of(secret, seconds, body));
        }
        return request.build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
