package dev.ebbgate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.ApiKey;
import dev.ebbgate.core.setting.Secret;
import dev.ebbgate.core.setting.Sourced;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class PolicyRecordsTest {

    private static final Span SECOND = Span.ofSeconds(1);
    private static final Failover F = Failover.DEFAULT;

    @Test
    @DisplayName("O4 what is written nowhere has the documented default")
    void nothingWritten_hasDocumentedDefaults() {
        assertThat(F.when()).isEqualTo(EnumSet.complementOf(EnumSet.of(Trigger.CONTEXT_LENGTH)));
        assertThat(F.firstToken()).isEqualTo(Sourced.byDefault(Span.ofSeconds(180)));
        assertThat(F.retries()).isEqualTo(1);
        assertThat(F.backoff()).asString().contains("250ms", "8s", "FULL");
        assertThat(List.of(F.retryAfterMax(), F.reserve(), F.hedgeAfter()))
                .hasToString("[3s, 30s, off]");
        assertThat(F.midStream()).asString().contains("ERROR", "8MiB");
        assertThat(BreakerSettings.DEFAULT)
                .hasToString(
                        "BreakerSettings[failures=5, window=1m, cooldown=10s, cooldownMax=5m,"
                                + " lastResort=1]");
        assertThat(Capacity.DEFAULT.isUnlimited()).isTrue();
        assertThat(Capacity.DEFAULT.queue().value()).isEqualTo(Span.ofSeconds(30));
        assertThat(ProviderPolicy.DEFAULT.continuation()).isEqualTo(Continuation.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "default,10m,default,3m,3m,'default, cut to failover.first-token'",
        "default,2m,default,3m,2m,default",
        "providers.vllm.timeouts.first-token,25m,default,3m,25m,providers.vllm.timeouts.first-token",
        "header x-ebbgate-timeout-first-token,5m,default,3m,5m,header"
                + " x-ebbgate-timeout-first-token",
        "providers.vllm.timeouts.first-token,25m,failover.first-token,4m,4m,failover.first-token",
        "'default, cut to timeouts.request',5m,default,3m,3m,'default, cut to"
                + " failover.first-token'",
        "default,10m,routes.c.failover.first-token,off,10m,default",
        "default,off,routes.c.failover.first-token,1m,1m,routes.c.failover.first-token",
    })
    @DisplayName("P1 the default patience never shortens a limit that somebody wrote")
    void patience_isTheShorterOfTheTwo(
            String source, String own, String by, String patience, String value, String said) {
        ResolvedLimit limit = new ResolvedLimit(Limit.FIRST_TOKEN, Span.parse(own), source);

        ResolvedLimit inForce = patient(new Sourced<>(Span.parse(patience), by)).patience(limit);

        assertThat(inForce)
                .isEqualTo(new ResolvedLimit(Limit.FIRST_TOKEN, Span.parse(value), said));
    }

    @Test
    @DisplayName(
            "P2 the default patience does not cut the generation of an answer that comes whole")
    void wholeAnswer_isCutByAWrittenPatienceOnly() {
        ResolvedLimit own = ResolvedLimit.byDefault(Limit.FIRST_TOKEN);
        Sourced<Span> written = new Sourced<>(Span.ofSeconds(60), "failover.first-token");

        assertThat(F.forWhole().patience(own)).isEqualTo(own);
        assertThat(patient(written).forWhole().patience(own).value()).isEqualTo(Span.ofSeconds(60));
    }

    @ParameterizedTest
    @MethodSource
    void whatCannotBeMeant_cannotBeMade(ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making);
    }

    static Stream<Arguments> whatCannotBeMeant_cannotBeMade() {
        return Stream.<ThrowingCallable>of(
                        () -> retrying(-1, SECOND, SECOND),
                        () -> retrying(Failover.MOST_RETRIES + 1, SECOND, SECOND),
                        () -> retrying(0, Span.OFF, SECOND),
                        () -> retrying(0, SECOND, Span.OFF),
                        () -> new Backoff(Span.OFF, Span.OFF, Backoff.Jitter.NONE),
                        () -> new Backoff(Span.ofSeconds(2), SECOND, Backoff.Jitter.NONE),
                        () -> new BreakerSettings(0, SECOND, SECOND, SECOND, 1),
                        () -> new BreakerSettings(1, SECOND, SECOND, SECOND, 0),
                        () -> new BreakerSettings(1, Span.OFF, SECOND, SECOND, 1),
                        () -> new BreakerSettings(1, SECOND, Span.ofSeconds(2), SECOND, 1),
                        () -> new Capacity(0, Sourced.byDefault(SECOND)),
                        () -> new Capacity(1, Sourced.byDefault(Span.OFF)),
                        () -> new ApiKey.Fixed(List.<Secret>of()))
                .map(Arguments::of);
    }

    @Test
    void noTriggerAtAll_isLegal() {
        Failover failover = failover(Set.of(), F.firstToken(), 0, SECOND, SECOND);

        assertThat(failover.when()).isEmpty();
        assertThat(failover.isHedged()).isFalse();
    }

    @Test
    void everyTrigger_isFoundByItsKey() {
        for (Trigger trigger : Trigger.values()) {
            assertThat(Trigger.named(trigger.key())).isEqualTo(trigger);
        }
        assertThat(Trigger.named("status-500")).isNull();
    }

    private static Failover patient(Sourced<Span> firstToken) {
        return failover(F.when(), firstToken, F.retries(), SECOND, SECOND);
    }

    private static Failover retrying(int retries, Span retryAfterMax, Span reserve) {
        return failover(F.when(), F.firstToken(), retries, retryAfterMax, reserve);
    }

    private static Failover failover(
            Set<Trigger> when,
            Sourced<Span> firstToken,
            int retries,
            Span retryAfterMax,
            Span reserve) {
        return new Failover(
                when,
                firstToken,
                retries,
                F.backoff(),
                retryAfterMax,
                reserve,
                F.midStream(),
                F.hedgeAfter());
    }
}
