package dev.ebbgate.gateway;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Limits.Waits;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.exchange.CancelReason;
import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.health.Bulletin;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.gateway.desk.Desk;
import dev.ebbgate.gateway.desk.Room;
import dev.ebbgate.gateway.loop.Counters;
import dev.ebbgate.gateway.loop.InFlight;
import dev.ebbgate.gateway.wire.FirstHello;
import dev.ebbgate.gateway.wire.WireOptions;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/// A running gateway. Each event loop has its own door and its own wire; they share the
/// configuration, the room and the ledger, and nothing that needs a lock. A request keeps the
/// configuration under which it came. Thread-safe.
public final class Gateway implements AutoCloseable {

    private static final long START_SECONDS = 30;
    private static final long CLOSE_SECONDS = 10;
    private static final long LOOK_MILLIS = 20;

    /// What a client has to read its end where everything is to end now.
    private static final long LAST_MILLIS = 200;

    private final Vertx vertx;
    private final Config started;
    private final AtomicReference<Sourced<Span>> requestRead;
    private final Room room;
    private final Counters counters;
    private final List<EventLoop> loops;
    private volatile Desk desk;

    private Gateway(Vertx vertx, Shared shared, List<EventLoop> loops) {
        this.vertx = vertx;
        this.started = shared.desk.config();
        this.desk = shared.desk;
        this.requestRead = shared.requestRead;
        this.room = shared.room;
        this.counters = shared.counters;
        this.loops = loops;
    }

    /// What all event loops share.
    ///
    /// @param desk the first one
    /// @param requestRead how long a new connection may take until its first request's head is
    ///   whole
    record Shared(
            Desk desk,
            Room room,
            Ledger ledger,
            Counters counters,
            AtomicReference<Sourced<Span>> requestRead) {}

    /// Starts a gateway that tells nobody of its events.
    public static Gateway start(Config config, Ledger ledger) {
        return start(config, ledger, Events.NONE);
    }

    /// Starts a gateway; it answers requests when this returns.
    ///
    /// @param events is told of breakers that move and keys that rest; what exchanges show is to be
    ///   had from their entries
    /// @throws IllegalStateException with a message for the operator if it cannot start: the
    ///   address is in use, or a `ca-file` cannot be read
    public static Gateway start(Config config, Ledger ledger, Events events) {
        Shared shared =
                new Shared(
                        new Desk(config, events),
                        new Room(config.limits().sizes()),
                        ledger,
                        new Counters(),
                        new AtomicReference<>(config.limits().waits().requestRead()));
        Thread hello = FirstHello.speak(config);
        Vertx vertx =
                Vertx.builder()
                        .with(options(config))
                        .withTransport(new Watching(shared.requestRead::get))
                        .build();
        try {
            List<EventLoop> loops = await(deploy(vertx, shared));
            hello.join();
            return new Gateway(vertx, shared, loops);
        } catch (InterruptedException e) {
            vertx.close();
            throw interrupted(e);
        } catch (ExecutionException | TimeoutException e) {
            vertx.close();
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "cannot listen on "
                            + config.listen().host()
                            + ":"
                            + config.listen().port()
                            + ": "
                            + cause.getMessage(),
                    cause);
        }
    }

    private static VertxOptions options(Config config) {
        int millis = new WireOptions(config).resolverMillis();
        return new VertxOptions()
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors() + 1)
                .setAddressResolverOptions(new AddressResolverOptions().setQueryTimeout(millis));
    }

    private static Future<List<EventLoop>> deploy(Vertx vertx, Shared shared) {
        List<EventLoop> loops = new ArrayList<>();
        List<Future<String>> started = new ArrayList<>();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            EventLoop loop = new EventLoop(shared);
            loops.add(loop);
            started.add(vertx.deployVerticle(loop));
        }
        return Future.all(started).map(_ -> loops);
    }

    private static <T> T await(Future<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while starting", cause);
    }

    /// The port it listens on.
    public int port() {
        return loops.getFirst().port();
    }

    /// The configuration in force for requests that come now.
    public Config config() {
        return desk.config();
    }

    /// Puts another configuration in force for the requests that come from now on; those under way
    /// keep theirs. What is known of targets that stay as they are stays known, and what
    /// [#restarts] names stays as it is.
    ///
    /// @return complete when every event loop serves by it
    public synchronized CompletionStage<Void> apply(Config wanted) {
        Config next = Fixed.keep(started, wanted);
        Desk following = desk.succeededBy(next);
        desk = following;
        room.resize(next.limits().sizes());
        requestRead.set(next.limits().waits().requestRead());
        return all(loop -> loop.adopt(following)).<Void>mapEmpty().toCompletionStage();
    }

    /// What of a configuration takes a restart; one line each.
    public List<String> restarts(Config wanted) {
        return Fixed.restarts(started, wanted);
    }

    /// What is under way, in no order. Complete on a thread that carries exchanges: what follows
    /// belongs elsewhere.
    public CompletionStage<List<InFlight>> underWay() {
        return all(EventLoop::inFlight)
                .map(parts -> parts.stream().flatMap(List::stream).toList())
                .toCompletionStage();
    }

    /// Ends the exchange of this id, and tells its client that an operator wanted it; false if it
    /// is not under way.
    public CompletionStage<Boolean> cancel(String exchange) {
        return all(loop -> loop.cancel(exchange))
                .map(parts -> parts.stream().anyMatch(found -> found))
                .toCompletionStage();
    }

    private <T> Future<List<T>> all(Function<EventLoop, Future<T>> asked) {
        List<Future<T>> answers = loops.stream().map(asked).toList();
        return Future.all(answers).map(done -> done.list());
    }

    /// How each target stands now.
    public Stream<Bulletin> bulletins() {
        return desk.bulletins(System.nanoTime());
    }

    /// Runs a verticle that carries no exchange, on an event loop that carries none either.
    public CompletionStage<String> deploy(VerticleBase verticle) {
        return vertx.deployVerticle(verticle).toCompletionStage();
    }

    public Room room() {
        return room;
    }

    public Counters counters() {
        return counters;
    }

    /// Exchanges under way.
    public int inFlight() {
        return room.exchanges();
    }

    /// Takes no new work and lets running exchanges finish; what still runs after `limits.drain`
    /// gets an honest error. Complete when nothing is left; then [#close].
    public CompletionStage<Void> drain() {
        Waits waits = config().limits().waits();
        Sourced<Span> drain = waits.drain();
        room.drain(
                new NextLimit(
                        "drain",
                        drain.value(),
                        drain.source(),
                        drain.value().after(System.nanoTime())));
        CompletableFuture<Void> done = empty();
        Sourced<Span> grace = waits.afterFinish();
        long end = drain.value().millis() + grace.value().millis();
        after(drain.value().millis(), done, () -> endAll(grace));
        after(end, done, () -> loops.forEach(EventLoop::abandonAll));
        // Whatever is left by then ends with the gateway.
        after(end + LAST_MILLIS, done, () -> done.complete(null));
        return done;
    }

    /// Tells whoever is left at the end of a drain, and waits so long for those who do not read.
    private void endAll(Sourced<Span> grace) {
        room.end(
                new NextLimit(
                        "after-finish",
                        grace.value(),
                        grace.source(),
                        grace.value().after(System.nanoTime())));
        cancelAll();
    }

    /// Takes no new work and ends every exchange under way with an honest error. Complete when
    /// nothing is left, for which a client that does not read has no more than a moment; then
    /// [#close].
    public CompletionStage<Void> end() {
        room.drain();
        room.end();
        cancelAll();
        CompletableFuture<Void> done = empty();
        after(LAST_MILLIS, done, () -> loops.forEach(EventLoop::abandonAll));
        return done;
    }

    private void cancelAll() {
        loops.forEach(loop -> loop.cancelAll(CancelReason.SHUTDOWN));
    }

    /// Does something after a while, unless something else is done by then.
    private void after(long millis, CompletableFuture<Void> done, Runnable what) {
        long timer = vertx.setTimer(Math.max(1, millis), _ -> what.run());
        var _ = done.whenComplete((_, _) -> vertx.cancelTimer(timer));
    }

    /// Complete as soon as no exchange is under way.
    private CompletableFuture<Void> empty() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long look =
                vertx.setPeriodic(
                        LOOK_MILLIS,
                        _ -> {
                            if (room.exchanges() == 0) {
                                done.complete(null);
                            }
                        });
        var _ = done.whenComplete((_, _) -> vertx.cancelTimer(look));
        return done;
    }

    /// Stops at once.
    @Override
    public void close() {
        try {
            vertx.close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // The process ends anyway, and with it what could not be closed.
        }
    }
}
