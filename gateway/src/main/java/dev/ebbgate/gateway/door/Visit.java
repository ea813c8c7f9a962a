package dev.ebbgate.gateway.door;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Reports;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.gateway.desk.Collector;
import dev.ebbgate.gateway.desk.Plan;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.desk.Verdict;
import dev.ebbgate.gateway.downstream.ClientAnswer;
import dev.ebbgate.gateway.loop.Arrival;
import dev.ebbgate.gateway.loop.Defects;
import dev.ebbgate.gateway.loop.Drive;

import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// One request on its way from the door to the desk. It ends here, refused or answered with a page,
/// or goes on as an exchange.
final class Visit implements Reception.Recipient {

    private static final String MODELS = "/v1/models";

    private final Door door;
    private final Era era;
    private final HttpServerRequest request;
    private final String exchange;
    private final ClientAnswer client;
    private final Room room;
    private final long atNanos = System.nanoTime();
    private @Nullable String key;
    private @Nullable String tag;
    private @Nullable Operation operation;
    private @Nullable Collector body;
    private @Nullable Reception reception;

    /// A request that has come to a door.
    ///
    /// @param era the configuration that holds for all of it
    /// @param whenOver called once, when it has been answered or its client has left
    Visit(Door door, Era era, HttpServerRequest request, String exchange, Runnable whenOver) {
        this.door = door;
        this.era = era;
        this.request = request;
        this.exchange = exchange;
        this.room = era.here().room();
        this.client =
                new ClientAnswer(era.here().context(), era.here().gathering(), request, whenOver);
    }

    void enter() {
        guarded(this::look);
    }

    /// Takes a step with this request. What should not happen ends this request and no other, and
    /// leaves nothing of it behind.
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            Defects.log(exchange, e);
            leave();
            turnAway(ErrorKind.INTERNAL, "the gateway failed");
        }
    }

    private void look() {
        if (!isPlain(String.valueOf(request.uri()))) {
            turnAway(
                    ErrorKind.BAD_REQUEST,
                    "the path or query has a character that must be percent-encoded");
            return;
        }
        TaggedPath tagged = TaggedPath.of(request.path());
        String path = tagged.path();
        tag = tagged.tag();
        boolean open = path.equals("/health") || path.equals("/ready");
        switch (era.guard().judge(request, open)) {
            case Guard.Stop(ErrorKind kind, String message) -> turnAway(kind, message);
            case Guard.Pass(String name) -> {
                key = name;
                if (Guard.namesItsHost(request)) {
                    direct(path);
                } else {
                    turnAway(ErrorKind.BAD_REQUEST, "a request names its Host, once");
                }
            }
        }
    }

    /// Whether a request target can be passed on as it is: anything else is refused or rewritten by
    /// one HTTP codec or the other.
    private static boolean isPlain(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) <= ' ' || uri.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private void direct(String path) {
        Optional<Operation> asked = Operation.at(path);
        if (asked.isPresent()) {
            if (expect(HttpMethod.POST)) {
                operation = asked.get();
                receive();
            }
        } else if (isPage(path)) {
            if (expect(HttpMethod.GET)) {
                page(path);
            }
        } else {
            turnAway(ErrorKind.NOT_FOUND, notFound(path));
        }
    }

    private static boolean isPage(String path) {
        return path.equals("/health")
                || path.equals("/ready")
                || path.equals(MODELS)
                || (path.startsWith(MODELS + "/") && path.length() > MODELS.length() + 1);
    }

    private boolean expect(HttpMethod method) {
        HttpMethod used = request.method();
        boolean head = method.equals(HttpMethod.GET) && used.equals(HttpMethod.HEAD);
        if (used.equals(method) || head) {
            return true;
        }
        request.response().putHeader(HttpHeaders.ALLOW, method.name());
        turnAway(ErrorKind.METHOD_NOT_ALLOWED, "this path takes " + method.name());
        return false;
    }

    private static String notFound(String path) {
        String served = "served are";
        String bare = path.replaceFirst("/+$", "");
        if (TaggedPath.isTagWrong(path)) {
            return "a tag in a path is 1 to 64 of A-Z a-z 0-9 . _ - and stands before /v1";
        }
        for (String near : List.of(bare, "/v1" + bare)) {
            if (isPage(near) || Operation.at(near).isPresent()) {
                return "no such path; did you mean " + near + "?";
            }
        }
        for (Operation known : Operation.values()) {
            if (bare.endsWith(known.upstreamPath())) {
                return "no such path; did you mean " + known.path() + "?";
            }
            served += " " + known.path() + ",";
        }
        return "no such path; " + served + " /v1/models, /health and /ready";
    }

    private void page(String path) {
        Pages pages = era.pages();
        switch (path) {
            case "/health" -> json(200, pages.health());
            case "/ready" -> json(room.draining() ? 503 : 200, pages.ready());
            case MODELS -> json(200, anthropic() ? pages.anthropicModels() : pages.openAiModels());
            default -> model(decoded(path.substring(MODELS.length() + 1)));
        }
    }

    /// A model's name, of which SDKs encode the slash.
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    private void model(String name) {
        Pages pages = era.pages();
        if (!pages.knows(name)) {
            turnAway(ErrorKind.MODEL_NOT_FOUND, "no route of that name; see /v1/models");
        } else {
            json(200, anthropic() ? pages.anthropicModel(name) : pages.openAiModel(name));
        }
    }

    private boolean anthropic() {
        return Refusals.dialect(request) == Dialect.ANTHROPIC;
    }

    private void json(int status, byte[] body) {
        client.reply(
                status,
                HttpHeaders.headers().set(HttpHeaders.CONTENT_TYPE, "application/json"),
                Buffer.buffer(body));
    }

    private void receive() {
        if (room.draining()) {
            turnAwayDraining();
        } else if (encoded()) {
            turnAway(
                    ErrorKind.UNSUPPORTED_MEDIA_TYPE,
                    "the request's body is encoded; send it without Content-Encoding");
        } else if (!room.enter()) {
            var most = era.here().config().limits().sizes().exchanges();
            refuse(
                    ErrorKind.OVERLOADED,
                    "as many exchanges are under way as there may be",
                    new Cut("exchanges", most.value().toString(), most.source()));
        } else {
            var limits = era.here().config().limits();
            long declared = Collector.declared(request.getHeader(HttpHeaders.CONTENT_LENGTH));
            long most = limits.sizes().requestBody().value().bytes();
            Collector collector = new Collector(room, most, declared);
            body = collector;
            Reception coming =
                    new Reception(era.here().timers(), request, client, limits, collector, this);
            reception = coming;
            Runnable broken = () -> era.here().context().runOnContext(_ -> guarded(coming::broken));
            door.reads(request, broken);
            door.comes(this);
            coming.read();
        }
    }

    /// The gateway ends, and its body is not yet whole.
    void turnAwayUnread() {
        if (reception != null) {
            guarded(reception::forgo);
        }
    }

    private void turnAwayDraining() {
        client.sendAway();
        turnAway(ErrorKind.DRAINING, Reception.DRAINING);
    }

    /// Gives the place and the bytes back, if they are still taken.
    private void leave() {
        endReception();
        if (body != null) {
            body.discard();
            body = null;
            room.leave();
        }
    }

    private void endReception() {
        if (reception != null) {
            reception = null;
            door.hasCome(this);
        }
    }

    private boolean encoded() {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !encoding.equalsIgnoreCase("identity");
    }

    @Override
    public void received() {
        endReception();
        guarded(this::judge);
    }

    private void judge() {
        if (operation == null || body == null) {
            throw new IllegalStateException("nothing was asked for");
        }
        if (room.ending()) {
            leave();
            turnAwayDraining();
            return;
        }
        switch (era.judge().judge(operation, body.bytes(), request.headers())) {
            case Verdict.Admitted(Plan plan) -> drive(plan);
            case Verdict.Refused(ErrorKind kind, String message, Cut cut) ->
                    refused(kind, message, cut);
        }
    }

    private void drive(Plan plan) {
        Drive drive = new Drive(era.here(), arrival(), plan, client, this::over);
        door.began(drive);
        drive.start();
    }

    private void over(Drive drive) {
        door.over(drive);
        leave();
    }

    private Arrival arrival() {
        long ago = (System.nanoTime() - atNanos) / 1_000_000L;
        Entry.Client who =
                new Entry.Client(
                        key,
                        request.getHeader(HttpHeaders.USER_AGENT),
                        tag == null ? request.getHeader("x-ebbgate-tag") : tag,
                        Traced.of(request.headers(), era.here().config().upkeep().telemetry()));
        return new Arrival(
                exchange,
                atNanos,
                System.currentTimeMillis() - ago,
                request.headers(),
                request.query(),
                who);
    }

    @Override
    public void refused(ErrorKind kind, String message, @Nullable Cut cut) {
        leave();
        refuse(kind, message, cut);
    }

    @Override
    public void abandoned() {
        leave();
    }

    private void turnAway(ErrorKind kind, String message) {
        refuse(kind, message, null);
    }

    private void refuse(ErrorKind kind, String message, @Nullable Cut cut) {
        long elapsed = System.nanoTime() - atNanos;
        Refusals.answer(request, client, Reports.refusal(kind, exchange, message, cut, elapsed));
    }

    /// Answers a head that could not be read.
    void turnAwayInvalid() {
        client.closeAfter();
        if (request.decoderResult().cause() instanceof TooLongFrameException) {
            Sourced<Size> most = era.here().config().limits().sizes().header();
            refuse(
                    ErrorKind.HEADER_TOO_LARGE,
                    "the request's head is too long",
                    new Cut("header", most.value().toString(), most.source()));
        } else {
            turnAway(ErrorKind.BAD_REQUEST, "this is not HTTP as it should be");
        }
    }
}
