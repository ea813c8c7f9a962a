package dev.ebbgate.gateway.admin;

import dev.ebbgate.core.event.Event.Act;
import dev.ebbgate.core.event.Event.Administered;
import dev.ebbgate.gateway.door.Guard;
import dev.ebbgate.gateway.loop.Defects;
import dev.ebbgate.gateway.timer.Timer;
import dev.ebbgate.gateway.timer.Timers;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;

/// One request on its way through the admin API. Confined to the server's event loop, but for the
/// handler.
final class Inquiry {

    /// The longest body; configuration is small.
    private static final int MOST_BYTES = 1024 * 1024;

    /// The most that events repeat of a path.
    private static final int MOST_NAMED = 200;

    private final Context context;
    private final Timers timers;
    private final HttpServerRequest request;
    private final AdminServer server;
    private final Buffer body = Buffer.buffer();
    private @Nullable Timer timer;
    private boolean answered;
    private Runnable whenLeft = () -> {};

    Inquiry(Context context, Timers timers, HttpServerRequest request, AdminServer server) {
        this.context = context;
        this.timers = timers;
        this.request = request;
        this.server = server;
    }

    /// @param whenOver called once, when it has been answered or whoever asked has left
    void enter(Guard guard, Runnable whenOver) {
        HttpServerResponse response = request.response();
        response.exceptionHandler(_ -> {});
        response.endHandler(_ -> over(whenOver));
        response.closeHandler(_ -> {
            if (!response.ended()) {
                over(whenOver);
            }
        });
        String path = String.valueOf(request.path());
        switch (guard.judge(request, false)) {
            case Guard.Stop(var kind, String message) ->
                    answer(Reply.error(kind.status(), message));
            case Guard.Pass _ -> {
                if (Guard.namesItsHost(request)) {
                    direct(path);
                } else {
                    answer(Reply.error(400, "a request names its Host, once"));
                }
            }
        }
    }

    private void over(Runnable whenOver) {
        whenLeft.run();
        whenOver.run();
    }

    private void direct(String path) {
        Endpoint endpoint = server.asked(request, path);
        if (endpoint == null) {
            answer(notFound(path));
        } else if (endpoint.access() == Endpoint.Access.WRITE && !server.writes()) {
            Reply reply =
                    Reply.error(403, "admin.writes is off here: change the configuration's file");
            tell(reply);
            answer(reply);
        } else {
            read(endpoint, String.valueOf(endpoint.match(path)));
        }
    }

    private Reply notFound(String path) {
        List<Endpoint> others = server.at(path);
        if (others.isEmpty()) {
            return Reply.error(404, "no such path; GET /openapi.json lists all");
        }
        String methods =
                others.stream()
                        .map(endpoint -> endpoint.method().name())
                        .collect(Collectors.joining(", "));
        return Reply.error(405, "this path takes " + methods).with("allow", methods);
    }

    private void read(Endpoint endpoint, String name) {
        timer =
                timers.after(
                        server.requestRead().nanos(),
                        () -> giveUp(408, "the request was not complete in time"));
        request.exceptionHandler(_ -> stop());
        request.handler(bytes -> {
            if (answered) {
                return;
            }
            if (body.length() + bytes.length() > MOST_BYTES) {
                giveUp(413, "the body is longer than 1MiB");
            } else {
                body.appendBuffer(bytes);
            }
        });
        request.endHandler(_ -> {
            stop();
            if (!answered) {
                handle(endpoint, name);
            }
        });
    }

    private void handle(Endpoint endpoint, String name) {
        Ask ask = new Ask(name, request.params(), request.headers(), body);
        Thread.ofVirtual()
                .name("ebbgate-admin")
                .start(() -> {
                    Reply reply = reply(endpoint, ask);
                    try {
                        tell(reply);
                        context.runOnContext(_ -> answer(reply));
                    } catch (RejectedExecutionException _) {
                        // The gateway has closed in the meantime; nobody is left to be told.
                    }
                });
    }

    private static Reply reply(Endpoint endpoint, Ask ask) {
        try {
            return endpoint.handler().answer(ask);
        } catch (Refusal refusal) {
            return refusal.reply();
        } catch (RuntimeException e) {
            Defects.log("admin", e);
            return Reply.error(500, "the gateway failed");
        }
    }

    /// Who changes something, or ends something, is told of; who looks is not.
    private void tell(Reply reply) {
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.GET)) {
            String path = String.valueOf(request.path()).substring(1); // as it came: one line
            server.events()
                    .tell(
                            new Administered(
                                    act(method),
                                    path.substring(0, Math.min(MOST_NAMED, path.length())),
                                    request.remoteAddress().hostAddress(),
                                    reply.status() < 400 ? null : "status " + reply.status()));
        }
    }

    private static Act act(HttpMethod method) {
        return switch (method.name()) {
            case "DELETE" -> Act.DELETE;
            default -> Act.UPDATE;
        };
    }

    private void giveUp(int status, String message) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer(Reply.error(status, message));
    }

    private void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void answer(Reply reply) {
        stop();
        HttpServerResponse response = request.response();
        if (answered || response.closed()) {
            return;
        }
        answered = true;
        response.setStatusCode(reply.status());
        response.putHeader(HttpHeaders.CONTENT_TYPE, reply.type());
        response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.putHeader(HttpHeaders.SERVER, AdminServer.NAME);
        reply.headers().forEach(response::putHeader);
        Reply.Streaming streaming = reply.streaming();
        if (streaming == null) {
            var _ = response.end(reply.body());
        } else {
            whenLeft = streaming.begin(context, response);
        }
    }
}
