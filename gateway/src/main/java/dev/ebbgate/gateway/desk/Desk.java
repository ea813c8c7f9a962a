package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Limits.Waits;
import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.resolve.ClientPatience;
import dev.ebbgate.core.resolve.HeaderLimits;
import dev.ebbgate.core.resolve.HeaderLimits.BadHeader;
import dev.ebbgate.core.resolve.RouteTable;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.RequestHead;

import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Decides what is to be done for a request: which targets, and which limits are in force.
/// Immutable; shared by all event loops.
public final class Desk implements Judge {

    private static final int LONGEST_NAME = 100;

    private final Config config;
    private final RouteTable routes;

    public Desk(Config config) {
        this.config = config;
        this.routes = new RouteTable(config);
    }

    @Override
    public Verdict judge(Operation operation, byte[] body, MultiMap headers) {
        return switch (RequestHead.read(body)) {
            case RequestHead.Refused(String message) ->
                    new Verdict.Refused(ErrorKind.BAD_REQUEST, message);
            case RequestHead.Read(RequestHead head) -> route(operation, body, head, headers);
        };
    }

    private Verdict route(Operation operation, byte[] body, RequestHead head, MultiMap headers) {
        Buffer wrapped = BufferInternal.buffer(Unpooled.wrappedBuffer(body));
        return switch (routes.find(head.model())) {
            case RouteTable.Unknown(List<String> near) -> unknown(head.model(), near);
            case RouteTable.Found found -> {
                List<Target> targets = found.targets();
                List<Target> speaking =
                        targets.stream()
                                .filter(t -> t.provider().dialect() == operation.dialect())
                                .toList();
                yield speaking.isEmpty()
                        ? otherDialect(operation, head.model(), targets.getFirst())
                        : plan(new Ask(operation, head, found, speaking, wrapped), headers);
            }
        };
    }

    /// A request whose targets are known.
    private record Ask(
            Operation operation,
            RequestHead head,
            RouteTable.Found found,
            List<Target> targets,
            Buffer body) {

        Plan under(ExchangePolicy policy) {
            return new Plan(operation, head, found.route(), targets, policy, body);
        }
    }

    private Verdict plan(Ask ask, MultiMap written) {
        for (Map.Entry<String, String> header : written) {
            BadHeader bad = HeaderLimits.misnamed(header.getKey());
            if (bad != null) {
                return refused(bad);
            }
        }
        Function<String, @Nullable String> headers = written::get;
        boolean streamed = ask.head().stream() && ask.operation().streamable();
        ClientPatience patience = ClientPatience.of(headers);
        List<Timeouts> limits = new ArrayList<>();
        KeepAlive keepAlive = KeepAlive.DEFAULT;
        for (Target target : ask.targets().reversed()) {
            switch (HeaderLimits.apply(headers, target.timeouts(), config.policies())) {
                case BadHeader bad -> {
                    return refused(bad);
                }
                case HeaderLimits.Applied(Timeouts timeouts) -> {
                    var adjusted = patience.adjust(timeouts, target.keepAlive(), streamed);
                    limits.addFirst(adjusted.timeouts());
                    keepAlive = adjusted.keepAlive();
                }
            }
        }
        Waits waits = config.limits().waits();
        ExchangePolicy policy =
                new ExchangePolicy(
                        streamed,
                        limits,
                        ask.found().failover(),
                        keepAlive.after().value(),
                        keepAlive.every().value(),
                        waits.clientStall().value(),
                        waits.afterFinish().value());
        return new Verdict.Admitted(ask.under(policy));
    }

    private static Verdict refused(BadHeader bad) {
        return new Verdict.Refused(
                ErrorKind.BAD_REQUEST, "header " + bad.name() + ": " + bad.problem());
    }

    private Verdict otherDialect(Operation operation, String model, Target target) {
        String dialect = target.provider().dialect().key();
        return new Verdict.Refused(
                ErrorKind.MODEL_NOT_FOUND,
                quoted(model)
                        + " speaks the "
                        + dialect
                        + " dialect, "
                        + operation.path()
                        + " the "
                        + operation.dialect().key()
                        + " dialect; translation between them is not offered");
    }

    private Verdict unknown(String model, List<String> near) {
        String hint =
                near.isEmpty()
                        ? "name a route, or provider/model"
                        : "did you mean " + String.join(", ", near) + "?";
        return new Verdict.Refused(
                ErrorKind.MODEL_NOT_FOUND, "unknown model " + quoted(model) + "; " + hint);
    }

    private static String quoted(String name) {
        String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return '"' + shown + '"';
    }
}
