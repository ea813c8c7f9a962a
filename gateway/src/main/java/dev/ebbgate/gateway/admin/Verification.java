package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.admin.Finding.Kind;
import dev.ebbgate.gateway.wire.Way;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

import javax.net.ssl.SSLException;

/// Sends a provider the smallest request there is, and explains what comes of it. With a model it
/// is one for a single token, without one it is for the list of models.
final class Verification {

    private final Provider provider;
    private final BaseUrl base;
    private final String model;
    private final Patiently waits;

    private Verification(Provider provider, String model, Patiently waits) {
        this.provider = provider;
        this.base = provider.upstream().baseUrl();
        this.model = model;
        this.waits = waits;
    }

    /// How long is waited, and who said so.
    ///
    /// @param connect until there is a connection
    /// @param answer until there is an answer
    record Patiently(Sourced<Span> connect, Sourced<Span> answer) {

        static final Patiently DEFAULT =
                new Patiently(
                        Sourced.byDefault(Limit.CONNECT.byDefault()),
                        Sourced.byDefault(Span.ofSeconds(20)));

        private static Duration duration(Sourced<Span> wait) {
            return Duration.ofNanos(wait.value().nanos());
        }

        private static String within(Sourced<Span> wait) {
            return "within "
                    + wait.value()
                    + " (limit "
                    + wait.value()
                    + " from "
                    + wait.source()
                    + ")";
        }
    }

    static Finding of(Provider provider, String model, Patiently waits) {
        return new Verification(provider, model, waits).ask();
    }

    private Finding ask() {
        if (provider.apiKey() instanceof ApiKey.PassThrough) {
            return new Finding(
                    Kind.OK,
                    "not asked: clients bring their own key (api-key: pass-through)",
                    "ask it with a client's key");
        }
        HttpClient client = client();
        try {
            return explain(client.send(request(), HttpResponse.BodyHandlers.ofString()));
        } catch (SSLException e) {
            return new Finding(
                    Kind.TLS,
                    "TLS failed: " + e.getMessage(),
                    "name the CA in ca-file, or write http:// if it speaks no TLS");
        } catch (HttpConnectTimeoutException _) {
            return unreachable("no connection " + Patiently.within(waits.connect()));
        } catch (HttpTimeoutException _) {
            return new Finding(
                    Kind.UPSTREAM_HEALTH,
                    "connected, but no answer " + Patiently.within(waits.answer()),
                    "see whether the server is busy or still loads the model; --timeout waits"
                            + " longer");
        } catch (ConnectException e) {
            boolean unknown = e.getCause() instanceof UnresolvedAddressException;
            return unreachable(unknown ? "the host's name is not known" : "connection refused");
        } catch (IOException e) {
            return base.tls() ? hungUp() : unreachable(e.getClass().getSimpleName());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unreachable("interrupted");
        } finally {
            client.shutdownNow(); // closing it would wait for an answer that nobody wants
        }
    }

    /// There was a connection, and it was closed before it had carried an answer: what ends a
    /// handshake without a word looks like this.
    private Finding hungUp() {
        return new Finding(
                Kind.TLS,
                "TLS failed: " + base.host() + ":" + base.port() + " hung up without an answer",
                "see whether it speaks TLS at that port, and asks for no certificate of its client;"
                        + " write http:// if it speaks no TLS");
    }

    private Finding unreachable(String why) {
        return new Finding(
                Kind.CONNECTIVITY,
                "cannot connect to " + base.host() + ":" + base.port() + ": " + why,
                "see whether the server runs and base-url names its host and port; behind a proxy,"
                        + " set proxy");
    }

    private HttpClient client() {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .connectTimeout(Patiently.duration(waits.connect()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER);
        Way.prepare(builder, provider.upstream());
        return builder.build();
    }

    private HttpRequest request() {
        String version = provider.dialect() == Dialect.ANTHROPIC ? "/v1" : "";
        String path = model.isEmpty() ? "/models" : operation();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + version + path))
                        .timeout(Patiently.duration(waits.answer()));
        if (provider.apiKey() instanceof ApiKey.Fixed(var keys)) {
            String key = keys.getFirst().reveal();
            if (provider.dialect() == Dialect.ANTHROPIC) {
                builder.header("x-api-key", key);
            } else {
                builder.header("authorization", "Bearer " + key);
            }
        }
        if (provider.dialect() == Dialect.ANTHROPIC) {
            builder.header("anthropic-version", "2023-06-01");
        }
        provider.headers().forEach((name, value) -> builder.setHeader(name, value.reveal()));
        return model.isEmpty()
                ? builder.GET().build()
                : builder.header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body()))
                        .build();
    }

    private String operation() {
        return provider.dialect() == Dialect.ANTHROPIC ? "/messages" : "/chat/completions";
    }

    private String body() {
        return new JsonObject()
                .put("model", model)
                .put("max_tokens", 1)
                .put(
                        "messages",
                        new JsonArray()
                                .add(new JsonObject().put("role", "user").put("content", "hi")))
                .encode();
    }

    private Finding explain(HttpResponse<String> answer) {
        int status = answer.statusCode();
        return switch (status) {
            case 200 -> shape(answer.body());
            case 401, 402, 403 ->
                    new Finding(
                            Kind.CREDENTIALS,
                            "it answered " + status + ": the key is refused",
                            "set another api-key, or see what this one may do and whether it is"
                                    + " paid for");
            case 429 ->
                    new Finding(
                            Kind.RATE_LIMIT,
                            "it answered 429: the key has no more requests just now",
                            "wait, raise the quota, or give several keys in api-keys");
            case 404, 405 -> notFound(status, answer.body());
            default ->
                    status >= 500
                            ? new Finding(
                                    Kind.UPSTREAM_HEALTH,
                                    "it answered " + status,
                                    "see the provider's own log or status page")
                            : new Finding(
                                    Kind.SHAPE,
                                    "it answered " + status + " to the smallest request",
                                    "see whether dialect is right, and the model's name");
        };
    }

    /// A 404 with a reason of the dialect is about the model; any other is about the path.
    private Finding notFound(int status, String body) {
        if (!model.isEmpty() && body.contains("model")) {
            return new Finding(
                    Kind.MODEL,
                    "it answered " + status + ": it has no model " + model,
                    "see which models it has: GET " + base + "/models");
        }
        boolean openAi = provider.dialect() == Dialect.OPENAI;
        boolean versioned = base.path().endsWith("/v1");
        String meant = versioned ? base.toString().replaceFirst("/v1$", "") : base + "/v1";
        return new Finding(
                Kind.PATH,
                "it answered " + status + ": nothing is served at that path",
                openAi != versioned
                        ? "did you mean " + meant + "?"
                        : "see whether base-url has the path that the provider documents");
    }

    private static Finding shape(String body) {
        try {
            JsonObject json = new JsonObject(body);
            boolean known =
                    json.containsKey("choices")
                            || json.containsKey("content")
                            || json.containsKey("data");
            if (known) {
                return new Finding(Kind.OK, "it answered as expected", "nothing to do");
            }
        } catch (DecodeException _) {
            // no JSON
        }
        return new Finding(
                Kind.SHAPE,
                "it answered 200 with something that is no answer of its dialect",
                "see whether base-url leads to the API and not to a web page, and dialect is"
                        + " right");
    }
}
