package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.Reply.Piece;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

/// Signs of life to the client: when they leave, what they are, and that they never get into an
/// event. The providers used send the head after 100 ms and a keep-alive every 100 ms.
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class KeepAliveTest {

    private static final long AFTER_MILLIS = 100;
    private static final long EVERY_MILLIS = 100;
    private static final long PREFILL_MILLIS = 750;

    /// What a reader's own lateness may take from the gap between two arrivals.
    private static final long JITTER_MILLIS = 60;

    private static GatewayFixture fixture;

    @BeforeAll
    static void start() {
        fixture = GatewayFixture.with("");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static List<Piece> keepAlives(Reply reply, Speech speech) {
        return reply.pieces().stream().filter(p -> p.text().equals(speech.keepAlive())).toList();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("N4 P3 a long prefill is bridged: head after `after`, then one every `every`")
    void prefill_isBridged(Speech speech) {
        String script = "lead=none;prefill=" + PREFILL_MILLIS + "ms;tokens=4";
        Ask ask = speech.stream(script).at(speech.keptProvider());

        Reply reply = fixture.call(ask);

        // Anthropic pings of its own accord too, but only once the prefill is over.
        List<Piece> signs =
                keepAlives(reply, speech).stream()
                        .filter(sign -> sign.atMillis() < PREFILL_MILLIS)
                        .toList();
        assertThat(reply.headNanos() / 1_000_000).isBetween(AFTER_MILLIS, 700L);
        assertThat(signs).hasSizeBetween(3, 7);
        long last = reply.headNanos() / 1_000_000;
        for (Piece sign : signs) {
            assertThat(sign.atMillis() - last).isGreaterThanOrEqualTo(EVERY_MILLIS - JITTER_MILLIS);
            last = sign.atMillis();
        }
        assertThat(signs.getLast().atMillis())
                .isGreaterThanOrEqualTo(AFTER_MILLIS + signs.size() * EVERY_MILLIS);
        assertThat(reply.header("x-ebbgate-target")).isEmpty();
        assertThat(reply.events(speech)).isEqualTo(fixture.direct(ask).events(speech));
    }

    @ParameterizedTest
    @EnumSource
    void silenceMidStream_isBridged(Speech speech) {
        String script = "tokens=4;pause=550ms;pause-at=2";
        Ask ask = speech.stream(script).at(speech.keptProvider());

        Reply reply = fixture.call(ask);

        assertThat(keepAlives(reply, speech)).hasSizeBetween(2, 6);
        assertThat(reply.events(speech)).isEqualTo(fixture.direct(ask).events(speech));
    }

    @ParameterizedTest
    @EnumSource
    void eventInPieces_isNeverSplitByAKeepAlive(Speech speech) {
        Ask ask = speech.stream("lead=none;drip=1ms;tokens=1").at(speech.keptProvider());

        Reply reply = fixture.call(ask);

        assertThat(keepAlives(reply, speech)).hasSizeGreaterThan(2);
        assertThat(reply.events(speech)).isEqualTo(fixture.direct(ask).events(speech));
    }

    @ParameterizedTest
    @EnumSource
    void bufferedCall_keepsItsTrueStatus(Speech speech) {
        Ask ask = speech.whole("overloaded;prefill=350ms").at(speech.keptProvider());

        Reply reply = fixture.call(ask);

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.body()).isEqualTo(fixture.direct(ask).body());
    }
}
