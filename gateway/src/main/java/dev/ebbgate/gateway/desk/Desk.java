package dev.ebbgate.gateway.desk;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.Limits.Waits;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.failover.Resends;
import dev.ebbgate.core.failure.ErrorKind;
import dev.ebbgate.core.health.Bulletin;
import dev.ebbgate.core.health.Roster;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.policy.UpstreamForm;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Decides what is to be done for a request: which targets, and which limits are in force. Knows
/// how the targets stand. One desk serves one configuration; shared by all event loops.
public final class Desk implements Judge {

    private static final int LONGEST_NAME = 100;
    private static final List<List<Integer>> ONLY = List.of(List.of(0));

    private final Config config;
    private final RouteTable routes;
    private final Roster roster;
    private final Resends resends;

    /// @param events is told of breakers that move and keys that rest
    public Desk(Config config, Events events) {
        this(config, new Roster(config, events), new Resends());
    }

    private Desk(Config config, Roster roster, Resends resends) {
        this.config = config;
        this.routes = new RouteTable(config);
        this.roster = roster;
        this.resends = resends;
    }

    /// The desk of the configuration that follows, which knows what this one has learnt.
    public Desk succeededBy(Config next) {
        return new Desk(next, roster.succeededBy(next), resends);
    }

    /// The configuration it serves.
    public Config config() {
        return config;
    }

    /// How each target stands now.
    public Stream<Bulletin> bulletins(long nowNanos) {
        return roster.bulletins(nowNanos);
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
                List<List<Target>> speaking = speaking(found.places(), operation.dialect());
                yield speaking.isEmpty()
                        ? otherDialect(operation, head.model(), found.targets().getFirst())
                        : plan(
                                new Ask(
                                        operation,
                                        head,
                                        found,
                                        speaking,
                                        Repetition.of(resends, body),
                                        wrapped),
                                headers);
            }
        };
    }

    /// The places with those targets only that speak the dialect.
    private static List<List<Target>> speaking(List<List<Target>> places, Dialect dialect) {
        if (places.size() == 1 && places.getFirst().size() == 1) {
            return speaks(places.getFirst().getFirst(), dialect) ? places : List.of();
        }
        return places.stream()
                .map(place -> place.stream().filter(t -> speaks(t, dialect)).toList())
                .filter(place -> !place.isEmpty())
                .toList();
    }

    private static boolean speaks(Target target, Dialect dialect) {
        return target.provider().dialect() == dialect;
    }

    /// A request whose targets are known.
    private record Ask(
            Operation operation,
            RequestHead head,
            RouteTable.Found found,
            List<List<Target>> places,
            List<Target> targets,
            Repetition repetition,
            Buffer body) {

        Ask(
                Operation operation,
                RequestHead head,
                RouteTable.Found found,
                List<List<Target>> written,
                Repetition repetition,
                Buffer body) {
            List<List<Target>> places = repetition.withoutSlow(written);
            this(operation, head, found, places, flat(places), repetition, body);
        }

        private static List<Target> flat(List<List<Target>> places) {
            return places.size() == 1
                    ? places.getFirst()
                    : places.stream().flatMap(List::stream).toList();
        }

        Plan under(ExchangePolicy policy, Standing standing) {
            return new Plan(
                    new Request(operation, head, body),
                    found.route(),
                    targets,
                    isAssembled(),
                    policy,
                    standing,
                    repetition);
        }

        boolean isStreamed() {
            return head.stream() && operation.streamable();
        }

        /// Whether one answer is made of a provider's stream.
        boolean isAssembled() {
            return found.upstream() == UpstreamForm.STREAMED
                    && operation.streamable()
                    && !head.stream();
        }

        /// The indices of the targets that go on with what another one began.
        Set<Integer> continuing() {
            if (found.failover().midStream().mode() != MidStream.Mode.CONTINUE) {
                return Set.of();
            }
            return IntStream.range(0, targets.size())
                    .filter(i -> targets.get(i).provider().continues())
                    .boxed()
                    .collect(Collectors.toSet());
        }

        /// The places again, with the index of each target in all of them.
        List<List<Integer>> indices() {
            if (targets.size() == 1) {
                return ONLY;
            }
            List<List<Integer>> all = new ArrayList<>();
            int from = 0;
            for (List<Target> place : places) {
                int to = from + place.size();
                all.add(IntStream.range(from, to).boxed().toList());
                from = to;
            }
            return all;
        }
    }

    private Verdict plan(Ask ask, MultiMap written) {
        for (Map.Entry<String, String> header : written) {
            BadHeader bad = HeaderLimits.misnamed(header.getKey());
            if (bad == null && HeaderLimits.isLimit(header.getKey())) {
                bad = HeaderLimits.repeated(header.getKey(), written.getAll(header.getKey()));
            }
            if (bad != null) {
                return refused(bad);
            }
        }
        Function<String, @Nullable String> headers = written::get;
        boolean streamed = ask.isStreamed();
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
                        ask.indices(),
                        ask.continuing(),
                        failover(ask),
                        keepAlive,
                        waits.clientStall(),
                        waits.afterFinish().value());
        return new Verdict.Admitted(ask.under(policy, roster.standing(ask.targets())));
    }

    private static Failover failover(Ask ask) {
        Failover failover = ask.found().failover();
        return ask.isStreamed() || ask.isAssembled() ? failover : failover.forWhole();
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
