package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.limit.Fired;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Timeouts;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Waits of the sizes that occur, in virtual time.
class LongWaitsTest {

    @Test
    @DisplayName("P2 a call of 300 s works with nothing configured")
    void toolCallOf300Seconds_completesByDefault() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("300s", Signal.TOKEN_ARRIVED)
                        .at("301s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("completed 5m1s");
    }

    @Test
    @DisplayName("N1 the default first-token limit is 600 s, exactly")
    void silenceByDefault_isCutAtExactlyTenMinutes() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("first-token 10m1s");
        assertThat(run.exchange.position().phase()).isEqualTo(Phase.FIRST_TOKEN);
        assertThat(fired(run).elapsedNanos())
                .isEqualTo(Timeouts.DEFAULTS.firstToken().value().nanos());
    }

    @Test
    @DisplayName("P1 the configured limit governs: a prefill of 29 minutes under first-token: 30m")
    void prefillOf29Minutes_survivesUnder30m() {
        VirtualExchange run =
                new VirtualExchange(
                                Policies.streamed(Policies.defaultsBut(Limit.FIRST_TOKEN, "30m")))
                        .at("1s", Signal.CONNECTED)
                        .at("29m", Signal.TOKEN_ARRIVED)
                        .at("29m1s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("completed 29m1s");
    }

    @Test
    @DisplayName("O7 the idle limit does not hold during prefill, however long")
    void prefillLongerThanStreamIdle_isNotAborted() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Policies.only(Limit.STREAM_IDLE, "2m")))
                        .at("1s", Signal.CONNECTED)
                        .every("30s", "30s", "157s", Signal.BYTES_ARRIVED)
                        .at("158s", Signal.TOKEN_ARRIVED)
                        .at("159s", Signal.DONE);

        run.runTo("1h");

        assertThat(run.ending()).isEqualTo("completed 2m39s");
    }

    @Test
    @DisplayName("N1 N5 every delta resets the idle limit; a stall after deltas is cut 120 s later")
    void stallAfterDeltas_isCutTwoMinutesAfterTheLastByte() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .every("100s", "100s", "900s", Signal.TOKEN_ARRIVED);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("stream-idle 17m");
    }

    @Test
    void keepAliveBytesWithoutTokens_areCutAfterTwentyMinutesOfNoProgress() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .every("15s", "10s", "2h", Signal.BYTES_ARRIVED);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("no-progress 20m2s");
    }

    @Test
    @DisplayName("N5 a stream that flows is untouched")
    void flowingStreamOf50Minutes_isUntouched() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .every("20s", "2s", "50m", Signal.TOKEN_ARRIVED)
                        .at("50m1s", Signal.FINISHED)
                        .at("50m2s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("completed 50m2s");
        assertThat(run.when(Plain.COMMIT)).containsExactly("2s");
    }

    @Test
    void everythingOff_waitsForEver() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Policies.UNLIMITED))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED);

        run.runTo("8000h");

        assertThat(run.ending()).isEqualTo("open");
    }

    @Test
    void readerSlowerThanStreamIdle_isNotTheProvidersSilence() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.FILLED)
                        .at("4m", Downstream.DRAINED)
                        .at("5m", Signal.TOKEN_ARRIVED)
                        .at("6m", Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("completed 6m");
    }

    @Test
    void silenceAfterTheReaderDrained_isCountedAfresh() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.FILLED)
                        .at("4m", Downstream.DRAINED);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("stream-idle 6m");
    }

    private static Fired fired(VirtualExchange run) {
        return run.exchange.outcome() instanceof Outcome.TimedOut(var fired)
                ? fired
                : fail("no limit fired");
    }
}
