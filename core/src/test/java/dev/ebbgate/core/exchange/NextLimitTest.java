package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.limit.Timeouts;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.Objects;

/// Which limit an exchange says will run out next: the one that then does.
class NextLimitTest {

    private final VirtualExchange run = new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS));

    private String next() {
        NextLimit next = run.exchange.next();
        return next == null ? "none" : next.key();
    }

    @Test
    @DisplayName("P1 the limit that runs out next is known in every phase")
    void everyPhase_hasItsLimit() {
        run.runTo("1ms");
        assertThat(next()).isEqualTo("connect");
    }

    @Test
    void usable_waitsForItsFirstToken() {
        run.at("1ms", Signal.CONNECTED).runTo("2ms");

        assertThat(next()).isEqualTo("first-token");
    }

    @Test
    void streaming_fearsSilence() {
        run.at("1ms", Signal.CONNECTED).at("2ms", Signal.TOKEN_ARRIVED).runTo("3ms");

        assertThat(next()).isEqualTo("stream-idle");
    }

    @Test
    void unreadClient_isWaitedForAsTheGatewayDoes() {
        run.at("1ms", Signal.CONNECTED)
                .at("2ms", Signal.TOKEN_ARRIVED)
                .at("3ms", Downstream.FILLED)
                .runTo("4ms");

        assertThat(next()).isIn("client-stall", "request");
        assertThat(next()).isNotEqualTo("stream-idle");
    }

    @Test
    void saidMoment_isTheOneAtWhichItFires() {
        run.at("1ms", Signal.CONNECTED).at("2ms", Signal.TOKEN_ARRIVED).runTo("3ms");

        NextLimit next = Objects.requireNonNull(run.exchange.next());

        assertThat(next.atNanos()).isEqualTo(run.exchange.wakeAtNanos());
    }

    @Test
    void over_nothingRunsOut() {
        run.at("1ms", Downstream.GONE).runTo("2ms");

        assertThat(next()).isEqualTo("none");
    }
}
