package dev.ebbgate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Slower;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.watch.Expectations.Call;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.Objects;

/// What is told of calls that are slower than usual at their target.
class ExpectationsTest {

    private static final Event.Origin ORIGIN = new Event.Origin("x", "coder", null);
    private static final long MINUTE = 60_000;

    private final Expectations expectations = new Expectations();

    @Test
    void anUnknownTarget_isNotJudged() {
        assertThat(call("a/m", 100_000, 3_000, 0)).isNull();
        assertThat(expectations.usual("a/m")).isNull();
    }

    @Test
    void usualCalls_areNotSpokenOf() {
        learn("a/m", 10);

        assertThat(expectations.usual("a/m")).isNotNull();
    }

    @Test
    void aSlowCall_isToldWithWhatIsUsual() {
        learn("a/m", 3);

        Slower told = (Slower) Objects.requireNonNull(call("a/m", 104_166, 200, 0));

        assertThat(told.target()).isEqualTo("a/m");
        assertThat(told.firstToken()).isEqualTo(Span.ofSeconds(200));
        assertThat(told.expected().millis()).isBetween(46_000L, 50_000L);
    }

    @Test
    void aTargetThatStaysSlow_isToldOnceInFiveMinutesWithTheCountOfTheOthers() {
        learn("a/m", 3);
        call("a/m", 104_166, 200, 0);
        assertThat(call("a/m", 104_166, 200, MINUTE)).isNull();
        assertThat(call("a/m", 104_166, 200, 2 * MINUTE)).isNull();

        Slower told = (Slower) Objects.requireNonNull(call("a/m", 104_166, 200, 5 * MINUTE));

        assertThat(told.slowBefore()).isEqualTo(2);
    }

    @Test
    void targets_areJudgedEachByItsOwn() {
        learn("a/m", 3);

        assertThat(call("b/m", 104_166, 900, 0)).isNull();
    }

    @Test
    void ofManyTargets_onlyTheLastAreRemembered() {
        learn("a/m", 3);
        for (int i = 0; i < 1_000; i++) {
            call("t" + i, 1_000, 1, 0);
        }

        assertThat(expectations.usual("a/m")).isNull();
    }

    private void learn(String target, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < Prefill.tokens().length; i++) {
                assertThat(call(target, (long) Prefill.tokens()[i], Prefill.seconds()[i], 0))
                        .isNull();
            }
        }
    }

    private @Nullable Event call(String target, long tokens, double seconds, long nowMillis) {
        return expectations.on(new Call(ORIGIN, target, tokens, (long) (seconds * 1e9)), nowMillis);
    }
}
