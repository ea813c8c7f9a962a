package dev.ebbgate.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Auth;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Limits;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.Provider;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.health.Permit;
import dev.ebbgate.core.health.Roster;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.health.Sign.Plain;
import dev.ebbgate.core.health.Standing;
import dev.ebbgate.core.health.Standing.Admission;
import dev.ebbgate.core.health.Standing.Full;
import dev.ebbgate.core.health.Standing.Granted;
import dev.ebbgate.core.health.Standing.Purpose;
import dev.ebbgate.core.health.Ticket;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.BreakerSettings;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.policy.Continuation;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.BaseUrl;
import dev.ebbgate.core.setting.HttpVersionChoice;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.core.setting.Upstream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The health of targets as many event loops at once see it. Time is virtual here as well.
@Timeout(60)
class ManyThreadsTest {

    private static final int THREADS = 8;
    private static final int PLACES = 3;
    private static final long MINUTES = Span.ofSeconds(600).nanos();

    /// All ask at the same moment until one is let through, which moves the time on.
    @Test
    void manyWhoAskAtOnce_areGrantedOneProbeAtATime() throws Exception {
        Target target = target(Capacity.UNLIMITED);
        Roster roster = roster(target);
        int rounds = 100_000;
        AtomicInteger round = new AtomicInteger(1);
        AtomicInteger probes = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 5; i++) {
            Admission first = roster.standing(List.of(target)).ask(0, Purpose.FIRST, 0);
            ((Granted) first).permit().report(Plain.FAILED, 0);
        }

        onAllThreads(_ -> {
            Standing standing = roster.standing(List.of(target));
            for (int now = 1; now <= rounds; now = round.get()) {
                long nowNanos = now * MINUTES;
                if (standing.ask(0, Purpose.FIRST, nowNanos) instanceof Granted(Permit p)) {
                    most.accumulateAndGet(probes.incrementAndGet(), Math::max);
                    probes.decrementAndGet();
                    endProbe(p, now, nowNanos);
                    round.compareAndSet(now, now + 1);
                }
            }
        });

        assertThat(most).hasValue(1);
    }

    /// A probe that fails or is cancelled; either way the next one is let through later.
    private static void endProbe(Permit permit, int round, long nowNanos) {
        if (round % 2 == 0) {
            permit.report(Plain.FAILED, nowNanos);
        }
        permit.release(nowNanos);
        permit.report(Plain.FAILED, nowNanos);
    }

    @Test
    void manyWhoWait_neverExceedMaxInFlight_andLoseNoPlace() throws Exception {
        Target target = target(PLACES);
        Roster roster = roster(target);
        AtomicInteger inFlight = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger waited = new AtomicInteger();

        onAllThreads(thread -> {
            Standing standing = roster.standing(List.of(target));
            Random random = new Random(thread);
            for (int i = 0; i < 5_000; i++) {
                Admission admission = standing.ask(0, Purpose.FIRST, 0);
                if (admission instanceof Full(Ticket ticket)) {
                    waited.incrementAndGet();
                    admission = waitOrLeave(ticket, random);
                }
                if (admission instanceof Granted(Permit permit)) {
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(10_000);
                    inFlight.decrementAndGet();
                    permit.release(0);
                }
            }
        });

        assertThat(most.get()).isBetween(2, PLACES);
        assertThat(waited.get()).as("the test met a queue").isPositive();
        assertThat(roster.bulletins(0)).allSatisfy(b -> assertThat(b.waiting()).isZero());
        assertAllPlacesAreFree(roster.standing(List.of(target)));
    }

    private static Admission waitOrLeave(Ticket ticket, Random random) throws Exception {
        CountDownLatch turn = new CountDownLatch(1);
        ticket.whenTurn(turn::countDown);
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(10_000);
            ticket.cancel(0);
            return new Full(ticket);
        }
        assertThat(turn.await(30, TimeUnit.SECONDS)).as("the turn comes").isTrue();
        return ticket.claim(0);
    }

    private static void assertAllPlacesAreFree(Standing standing) {
        for (int i = 0; i < PLACES; i++) {
            assertThat(standing.ask(0, Purpose.FIRST, 0)).isInstanceOf(Granted.class);
        }
        assertThat(standing.ask(0, Purpose.FIRST, 0)).isInstanceOf(Full.class);
    }

    @Test
    void anyMixOfSigns_leavesNothingInFlight_andNoProbeForgotten() throws Exception {
        Target target = target(Capacity.UNLIMITED);
        Roster roster = roster(target);
        Sign[] signs = {
            Plain.FAILED,
            Plain.FAILED,
            Plain.SUCCEEDED,
            Plain.NEITHER,
            new Sign.KeyRefused(),
            new Sign.KeyLimited(MINUTES)
        };

        onAllThreads(thread -> {
            Standing standing = roster.standing(List.of(target));
            Random random = new Random(thread);
            for (int i = 0; i < 20_000; i++) {
                long nowNanos = i * Span.ofMillis(100).nanos();
                Purpose purpose = random.nextBoolean() ? Purpose.FIRST : Purpose.LAST_RESORT;
                if (standing.ask(0, purpose, nowNanos) instanceof Granted(Permit permit)) {
                    permit.report(signs[random.nextInt(signs.length)], nowNanos);
                    permit.release(nowNanos);
                }
            }
        });

        long later = 100 * MINUTES;
        assertThat(roster.bulletins(later)).allSatisfy(b -> assertThat(b.inFlight()).isZero());
        assertThat(roster.standing(List.of(target)).ask(0, Purpose.FIRST, later))
                .isInstanceOf(Granted.class);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void onAllThreads(Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                all.add(
                        threads.submit(() -> {
                            work.run(thread);
                            return null;
                        }));
            }
            for (Future<?> one : all) {
                one.get(50, TimeUnit.SECONDS);
            }
        }
    }

    private static Roster roster(Target target) {
        return new Roster(
                new Config(
                        Listen.DEFAULT,
                        Policies.DEFAULT,
                        Auth.NONE,
                        Limits.DEFAULT,
                        Map.of(target.provider().name(), target.provider()),
                        Map.of()),
                Events.NONE);
    }

    private static Target target(int maxInFlight) {
        Provider provider =
                new Provider(
                        "p",
                        Dialect.OPENAI,
                        new Upstream(
                                BaseUrl.parse("http://127.0.0.1:9/v1"),
                                null,
                                null,
                                HttpVersionChoice.AUTO),
                        new ApiKey.Fixed(List.of(new Secret("a"), new Secret("b"))),
                        Map.of(),
                        TimeoutSettings.NONE,
                        KeepAliveSettings.NONE,
                        new ProviderPolicy(
                                new Capacity(maxInFlight, Sourced.byDefault(Span.ofSeconds(30))),
                                BreakerSettings.DEFAULT,
                                Continuation.NONE));
        return new Target(provider, "m", Timeouts.DEFAULTS, KeepAlive.DEFAULT);
    }
}
