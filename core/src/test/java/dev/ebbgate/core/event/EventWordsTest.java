package dev.ebbgate.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// What events say to people.
class EventWordsTest {

    private static final Event.Origin ORIGIN = new Event.Origin("x1", "coder", "nightly");
    private static final Event.Tail TAIL =
            new Event.Tail("coder", Span.ofSeconds(660), 257, 41, 74, null);

    @Test
    @DisplayName("O5 the event of a truncated stream carries the limit, its value and its source")
    void aTruncatedStream_isToldWithItsLimitValueAndSource() {
        ResolvedLimit limit =
                new ResolvedLimit(
                        Limit.STREAM_IDLE,
                        Span.ofSeconds(300),
                        "routes.coder.timeouts.stream-idle");
        Expiry fired = new Fired(limit, Phase.STREAM, Span.ofMillis(300_100).nanos()).expiry();

        String said = new Event.LimitFired(ORIGIN, "vllm/big", fired, true).message();

        assertThat(said)
                .isEqualTo(
                        "stream truncated: stream-idle ran out after 5m100ms in phase stream (limit"
                                + " 5m from routes.coder.timeouts.stream-idle); target=vllm/big"
                                + " route=coder exchange=x1");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(
                        new Event.FailedOver(ORIGIN, "a/m", "first-token", "b/m"),
                        "a/m failed (first-token), tried b/m route=coder exchange=x1"),
                Arguments.of(
                        new Event.BreakerMoved("a/m", Event.Breaker.OPEN, Span.ofSeconds(10)),
                        "a/m keeps failing and is left alone for 10s"),
                Arguments.of(
                        new Event.KeyRests("openai", 2, true, Span.ofSeconds(60)),
                        "key 2 of openai was refused and rests for 1m"),
                Arguments.of(
                        new Event.CliffNear(TAIL, Event.Sign.MAX),
                        "route coder had a call near its cliff; of 257 calls p99 41 %, max 74 % of"
                                + " consumer-cancels-after 11m or the client's own deadline"),
                Arguments.of(
                        new Event.Configured(
                                Event.How.REFUSED, "file", List.of("routes.coder.targets")),
                        "configuration refused, the one before stays in force; from file:"
                                + " routes.coder.targets"),
                Arguments.of(
                        new Event.Administered(
                                Event.Act.DELETE, "exchange x1", "127.0.0.1", "no such exchange"),
                        "delete exchange x1 from 127.0.0.1 was refused: no such exchange"),
                Arguments.of(
                        new Event.Lost("entries of the ledger", 12, "the disk is full"),
                        "12 entries of the ledger were dropped: the disk is full"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anEvent_isOneLine(Event event, String line) {
        assertThat(event.message()).isEqualTo(line);
    }
}
