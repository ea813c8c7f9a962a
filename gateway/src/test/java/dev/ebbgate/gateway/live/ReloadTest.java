package dev.ebbgate.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.NextLimit;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.health.Bulletin;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.gateway.loop.InFlight;
import dev.ebbgate.gateway.site.RawAnswer;
import dev.ebbgate.gateway.site.RawClient;
import dev.ebbgate.gateway.site.Site;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/// Another configuration while exchanges are under way.
class ReloadTest {

    private static final String BOUNDS = "bounds: {stream-idle: [100ms, 1h]}\n";
    private static final String STALL = "stall";
    private static final String BURST = "burst";

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Site site;

    @BeforeEach
    void open() {
        site = Site.open(BOUNDS + Site.PROVIDERS);
    }

    @AfterEach
    void close() {
        site.close();
        threads.close();
    }

    private static String body(String script) {
        return "{\"model\":\"sim/sim:" + script + "\",\"stream\":true,\"messages\":[]}";
    }

    private CompletableFuture<RawAnswer> ask(String script) {
        RawClient client = site.client();
        client.send(RawClient.post("/v1/chat/completions", body(script)));
        return CompletableFuture.supplyAsync(
                () -> {
                    try (client) {
                        return client.answer();
                    }
                },
                threads);
    }

    private List<InFlight> underWay() {
        return site.gateway().underWay().toCompletableFuture().join();
    }

    private static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
            Thread.onSpinWait();
        }
    }

    private static String timeouts(String streamIdle) {
        return BOUNDS + "timeouts: {stream-idle: " + streamIdle + "}\n" + Site.PROVIDERS;
    }

    @Test
    @DisplayName(
            "P1 a running exchange keeps the limit that it began with, the next has the new one")
    void changedLimit_holdsForTheNextExchange_notForTheRunningOne() {
        CompletableFuture<RawAnswer> running = ask(STALL);
        until(() -> underWay().stream().anyMatch(exchange -> exchange.at().chunks() > 0));

        site.apply(timeouts("300ms"));

        CompletableFuture<RawAnswer> next = ask(STALL);
        assertThat(next.join().text()).contains("limit 300ms from timeouts.stream-idle");
        assertThat(running).isNotDone();
        InFlight left = underWay().getFirst();
        NextLimit own = Objects.requireNonNull(left.next());
        assertThat(own.key()).isEqualTo(Limit.STREAM_IDLE.key());
        assertThat(own.value()).isEqualTo(Limit.STREAM_IDLE.byDefault());
        assertThat(own.source()).isEqualTo("default");
        assertThat(site.gateway().cancel(left.exchange()).toCompletableFuture().join()).isTrue();
        assertThat(running.join().text()).contains("cancelled (operator)");
    }

    @Test
    void cancelledByOperator_upstreamCloses_andTheLedgerSaysWho() {
        CompletableFuture<RawAnswer> running = ask(STALL);
        until(() -> !underWay().isEmpty());

        boolean found =
                site.gateway()
                        .cancel(underWay().getFirst().exchange())
                        .toCompletableFuture()
                        .join();

        assertThat(found).isTrue();
        assertThat(running.join().text()).contains("cancelled (operator)");
        site.settle();
        assertThat(site.entries().getLast().outcome()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(site.gateway().cancel("ebb-nobody").toCompletableFuture().join()).isFalse();
    }

    @Test
    void providerThatIsGone_stillServesWhoeverCameBefore() {
        CompletableFuture<RawAnswer> running = ask("pause=700ms;pause-at=4;tokens=8");
        until(() -> underWay().stream().anyMatch(exchange -> exchange.at().chunks() > 0));

        site.apply("providers: {other: {dialect: openai, base-url: \"${SIM}/v1\"}}\n");

        assertThat(ask(BURST).join().status()).as("sim/… is other's model now").isIn(200, 404);
        assertThat(running.join().text()).contains("[DONE]");
        assertThat(underWay()).isEmpty();
    }

    @Test
    void breakerOfAnUnchangedTarget_staysOpen_ofAChangedOneNot() {
        String frail = "breaker: {failures: 2, cooldown: 5m}";
        String yaml = "providers: {sim: {dialect: openai, base-url: \"${SIM}/v1\", %s}}\n";
        site.apply(yaml.formatted(frail));
        for (int i = 0; i < 2; i++) {
            ask("server-error").join();
        }
        assertThat(condition()).isEqualTo(Bulletin.Condition.OPEN);

        site.apply("timeouts: {stream-idle: 10s}\n" + yaml.formatted(frail));
        Bulletin.Condition unchanged = condition();
        site.apply(yaml.formatted(frail + ", api-key: another"));

        assertThat(unchanged).isEqualTo(Bulletin.Condition.OPEN);
        assertThat(condition()).isEqualTo(Bulletin.Condition.CLOSED);
    }

    private Bulletin.Condition condition() {
        return site.gateway()
                .bulletins()
                .filter(bulletin -> bulletin.target().contains("server-error"))
                .findFirst()
                .orElseThrow()
                .condition();
    }

    @Test
    void reloadUnderLoad_disturbsNoExchange() {
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Integer>> callers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            callers.add(CompletableFuture.supplyAsync(() -> call(over), threads));
        }

        for (int i = 0; i < 60; i++) {
            site.apply(timeouts((10 + i) + "s").replace("1000000", Integer.toString(999_000 + i)));
        }
        over.set(true);

        assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isPositive());
        site.settle();
        assertThat(site.entries())
                .allSatisfy(entry -> {
                    assertThat(entry.outcome()).isInstanceOf(Outcome.Completed.class);
                    assertThat(entry.attempts()).hasSize(1);
                });
    }

    private int call(AtomicBoolean over) {
        int done = 0;
        while (!over.get()) {
            RawAnswer answer = site.post("/v1/chat/completions", body(BURST));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).endsWith("data: [DONE]\n\n");
            done++;
        }
        return done;
    }

    @Test
    void whatIsFixed_staysAndIsSaid() {
        String wanted = "limits: {header: 32KiB, exchanges: 20000}\n" + Site.PROVIDERS;

        site.apply(wanted);

        assertThat(site.gateway().config().limits().sizes().header().value()).hasToString("64KiB");
        assertThat(site.gateway().config().limits().sizes().exchanges().value()).isEqualTo(20_000);
    }
}
