package dev.ebbgate.sim;

import dev.ebbgate.sim.JournalEntry.Received;
import dev.ebbgate.sim.script.BadScript;
import dev.ebbgate.sim.script.Script;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the simulator's paths do.
final class Endpoints implements Handler<HttpServerRequest> {

    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "x-api-key", "api-key", "proxy-authorization", "cookie");
    private static final String JOURNAL = "/sim/journal";

    private final Journal journal;
    private final Stage stage;
    private final Bench bench;

    Endpoints(Journal journal, Stage stage, Bench bench) {
        this.journal = journal;
        this.stage = stage;
        this.bench = bench;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Surface surface = Surface.at(path(request));
        if (surface != null && request.method().equals(HttpMethod.POST)) {
            scripted(surface, request);
        } else if (path(request).startsWith(JOURNAL)) {
            journal(request);
        } else if (path(request).equals("/v1/models")) {
            boolean anthropic = request.getHeader("anthropic-version") != null;
            json(request.response(), 200, Plain.models(anthropic));
        } else {
            refuse(request.response(), false, 404, "no such path: " + path(request));
        }
    }

    private static String path(HttpServerRequest request) {
        String path = request.path();
        return path == null ? "" : path;
    }

    private void journal(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String rest = path(request).substring(JOURNAL.length());
        if (request.method().equals(HttpMethod.DELETE)) {
            journal.clear();
            stage.forget();
            response.setStatusCode(204).end();
        } else if (rest.isEmpty()) {
            JsonArray all = new JsonArray();
            journal.entries().forEach(entry -> all.add(entry.json()));
            json(response, 200, all.encode());
        } else if (rest.matches("/\\d{1,18}")) {
            journal.entry(Long.parseLong(rest.substring(1)))
                    .ifPresentOrElse(
                            entry -> json(response, 200, entry.json().encode()),
                            () -> refuse(response, false, 404, "no such attempt"));
        } else {
            refuse(response, false, 404, "no such path: " + path(request));
        }
    }

    private void scripted(Surface surface, HttpServerRequest request) {
        Opened opened = new Opened(surface, request);
        // A peer that leaves while it still sends is an attempt too.
        request.body()
                .onSuccess(body -> understand(opened, body))
                .onFailure(_ -> opened.attempt().ended(End.PEER_CLOSED));
    }

    /// A request whose head has come. Its line in the journal is opened when it is first needed:
    /// the benchmark's requests never do.
    private final class Opened {
        private final Surface surface;
        private final HttpServerRequest request;
        private final Attempt.Start start = Attempt.Start.now();
        private @Nullable Attempt attempt;

        Opened(Surface surface, HttpServerRequest request) {
            this.surface = surface;
            this.request = request;
        }

        Attempt attempt() {
            Attempt known = attempt;
            if (known == null) {
                known = journal.open(received(request), start);
                attempt = known;
            }
            return known;
        }
    }

    private void understand(Opened opened, Buffer body) {
        HttpServerRequest request = opened.request;
        HttpServerResponse response = request.response();
        Asked asked;
        try {
            asked = Asked.read(body);
        } catch (DecodeException | ClassCastException notUnderstood) {
            refused(opened, "", body, "We could not parse the JSON body of your request.");
            return;
        }
        if (bench.answered(opened.surface, asked.model(), response)) {
            return;
        }
        try {
            Script script = stage.script(asked.model(), header(request));
            opened.attempt().understood(asked.model(), script.text(), body.length());
            stage.play(opened.surface, request, asked, script, opened.attempt());
        } catch (BadScript bad) {
            String why = bad.getMessage() == null ? "bad script" : bad.getMessage();
            refused(opened, asked.model(), body, why);
        }
    }

    private void refused(Opened opened, String model, Buffer body, String message) {
        opened.attempt().understood(model, "", body.length());
        refuse(opened.request.response(), opened.surface.anthropic(), 400, message);
        opened.attempt().ended(End.COMPLETED);
    }

    private static String header(HttpServerRequest request) {
        String script = request.getHeader("x-sim");
        return script == null ? "" : script;
    }

    private static void refuse(
            HttpServerResponse response, boolean anthropic, int status, String message) {
        json(response, status, Plain.refusal(anthropic, status, message));
    }

    private static void json(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
    }

    private static Received received(HttpServerRequest request) {
        Map<String, List<String>> headers = new TreeMap<>();
        request.headers()
                .forEach((name, value) -> {
                    String key = name.toLowerCase(Locale.ROOT);
                    headers.computeIfAbsent(key, _ -> new ArrayList<>())
                            .add(CREDENTIALS.contains(key) ? hidden(value) : value);
                });
        return new Received(
                request.method().name(),
                request.uri(),
                request.version().name(),
                headers,
                "",
                "",
                0);
    }

    private static String hidden(String credential) {
        String bearer = "Bearer ";
        return credential.startsWith(bearer)
                ? bearer + Journal.fingerprint(credential.substring(bearer.length()))
                : Journal.fingerprint(credential);
    }
}
