package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.admin.Finding.Kind;
import dev.ebbgate.gateway.wire.Way;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/// Sends a provider the smallest request there is, and explains what comes of it. With a model it
/// is one for a single token, without one it is for the list of models.
final class Verification {

    /// Some providers list thousands of models.
    private static final long MOST_BYTES = 4 * 1024 * 1024;

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
        List<Secret> keys = provider.apiKey() instanceof ApiKey.Fixed(var all) ? all : List.of();
        if (keys.size() < 2) {
            return ask(keys.isEmpty() ? null : keys.getFirst());
        }
        for (int i = 0; i < keys.size(); i++) {
            Finding finding = ask(keys.get(i));
            if (finding.kind() != Kind.OK) {
                return finding.with("key " + (i + 1) + " of " + keys.size());
            }
        }
        return new Finding(Kind.OK, "it answered each key as expected", "nothing to do");
    }

    private Finding ask(@Nullable Secret key) {
        HttpClient client = client();
        CompletableFuture<HttpResponse<String>> sent =
                client.sendAsync(
                        request(key),
                        HttpResponse.BodyHandlers.limiting(
                                HttpResponse.BodyHandlers.ofString(), MOST_BYTES));
        try {
            return explain(sent.get(waits.answer().value().nanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return silent();
        } catch (ExecutionException e) {
            return broken(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unreachable("interrupted");
        } finally {
            sent.cancel(true);
            client.shutdownNow(); // closing it would wait for an answer that nobody wants
        }
    }

    private Finding broken(@Nullable Throwable why) {
        return switch (why) {
            case SSLException e -> tls(String.valueOf(e.getMessage()));
            case HttpConnectTimeoutException _ ->
                    unreachable("no connection " + Patiently.within(waits.connect()));
            case ConnectException e ->
                    unreachable(isUnknown(e) ? "the host's name is not known" : "refused");
            case ProtocolException _ ->
                    new Finding(
                            base.tls() ? Kind.SHAPE : Kind.TLS,
                            "connected, but what it answered is not HTTP",
                            "see whether base-url names the right port; write https:// if it"
                                    + " speaks TLS");
            case IOException e when String.valueOf(e.getMessage()).contains("capacity") ->
                    new Finding(
                            Kind.SHAPE,
                            "its answer to the smallest request is longer than 4MiB",
                            "see whether base-url leads to the API");
            case null, default -> hungUp();
        };
    }

    private static boolean isUnknown(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof UnresolvedAddressException || at instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private Finding silent() {
        return new Finding(
                Kind.UPSTREAM_HEALTH,
                "no whole answer " + Patiently.within(waits.answer()),
                "see whether the server is busy or still loads the model; --timeout waits longer");
    }

    private Finding tls(String why) {
        if (why.contains("certification path")) {
            return new Finding(
                    Kind.TLS,
                    "TLS failed: no CA that is trusted here has signed its certificate",
                    provider.upstream().caFile() == null
                            ? "name its CA in ca-file"
                            : "see whether ca-file holds the CA that signed it");
        }
        if (why.contains("subject alternative") || why.contains("No name matching")) {
            return new Finding(
                    Kind.TLS,
                    "TLS failed: its certificate is not for " + base.host(),
                    "write the name that its certificate has in base-url");
        }
        if (why.contains("validity check") || why.contains("expired")) {
            return new Finding(
                    Kind.TLS,
                    "TLS failed: its certificate is not valid today",
                    "renew it, or see whether the clock here is right");
        }
        return new Finding(
                Kind.TLS, "TLS failed: " + why, "write http:// in base-url if it speaks no TLS");
    }

    /// There was a connection, and it was closed before it had carried an answer: what ends a
    /// handshake without a word looks like this.
    private Finding hungUp() {
        String peer = base.host() + ":" + base.port();
        return base.tls()
                ? new Finding(
                        Kind.TLS,
                        "TLS failed: " + peer + " hung up without an answer",
                        "see whether it speaks TLS at that port, and asks for no certificate of"
                                + " its client; write http:// if it speaks no TLS")
                : new Finding(
                        Kind.UPSTREAM_HEALTH,
                        "connected, but " + peer + " hung up without an answer",
                        "see the server's log; write https:// if it speaks TLS");
    }

    private Finding unreachable(String why) {
        String proxy = provider.upstream().proxy() == null ? "" : ", by way of its proxy";
        return new Finding(
                Kind.CONNECTIVITY,
                "cannot connect to " + base.host() + ":" + base.port() + proxy + ": " + why,
                proxy.isEmpty()
                        ? "see whether the server runs and base-url names its host and port;"
                                + " behind a proxy, set proxy"
                        : "see whether the proxy runs and proxy names its host and port, and"
                                + " whether the server runs behind it");
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

    private HttpRequest request(@Nullable Secret fixed) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(asked()));
        if (fixed != null) {
            String key = fixed.reveal();
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

    private String asked() {
        String version = provider.dialect() == Dialect.ANTHROPIC ? "/v1" : "";
        return base + version + (model.isEmpty() ? "/models" : operation());
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
            case 301, 302, 303, 307, 308 -> moved(status, answer.headers());
            case 401, 402, 403 ->
                    new Finding(
                            Kind.CREDENTIALS,
                            "it answered " + status + ": the key is refused",
                            "set another api-key, or see what this one may do and whether it is"
                                    + " paid for");
            case 429 ->
                    new Finding(
                            Kind.RATE_LIMIT,
                            "it answered 429: the key has no more requests just now"
                                    + retryAfter(answer.headers()),
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

    private static String retryAfter(HttpHeaders headers) {
        return headers.firstValue("retry-after")
                .filter(value -> value.matches("\\d{1,9}"))
                .map(value -> "; it says to come back in " + value + " s")
                .orElse("");
    }

    /// Where else it sends, without what such an address may hold of secrets.
    private static Finding moved(int status, HttpHeaders headers) {
        String place =
                headers.firstValue("location")
                        .filter(value -> value.matches("[!-~]{1,200}"))
                        .map(value -> value.replaceAll("[?#].*|//[^/]*@", ""))
                        .orElse("another address");
        return new Finding(
                Kind.PATH,
                "it answered " + status + " and sends to " + place,
                "write the address that answers in base-url; redirects are not followed");
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
                "it answered " + status + ": nothing is served at " + asked(),
                openAi != versioned ? "did you mean " + meant + "?" : rightPath());
    }

    private String rightPath() {
        return model.isEmpty()
                ? "it may only have no list of models: ask it with --model NAME; else see whether"
                        + " base-url has the path that the provider documents"
                : "see whether base-url has the path that the provider documents";
    }

    private Finding shape(String body) {
        String wanted =
                model.isEmpty()
                        ? "data"
                        : provider.dialect() == Dialect.OPENAI ? "choices" : "content";
        try {
            Object found = new JsonObject(body).getValue(wanted);
            boolean known = found instanceof JsonArray all && (model.isEmpty() || !all.isEmpty());
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
