package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.limit.Expiry;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What an exchange does for its client besides waiting.
class ExchangeTest {

    @Test
    void longPrefill_sendsTheHeadThenKeepAlivesAndNoCommit() {
        VirtualExchange run =
                new VirtualExchange(Policies.withKeepAlive(Timeouts.DEFAULTS, "15s"))
                        .at("1s", Signal.CONNECTED)
                        .at("50s", Signal.TOKEN_ARRIVED)
                        .at("51s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(Plain.SEND_HEAD)).containsExactly("15s");
        assertThat(run.when(Plain.SEND_KEEP_ALIVE)).containsExactly("30s", "45s");
        assertThat(run.when(Plain.COMMIT)).containsExactly("50s");
        assertThat(run.ending()).isEqualTo("completed 51s");
    }

    @Test
    void pauseInTheMiddle_sendsKeepAlivesWheneverTheClientGotNothing() {
        VirtualExchange run =
                new VirtualExchange(Policies.withKeepAlive(Timeouts.DEFAULTS, "15s"))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("20s", Downstream.SENT)
                        .at("40s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(Plain.SEND_HEAD)).isEmpty();
        assertThat(run.when(Plain.SEND_KEEP_ALIVE)).containsExactly("17s", "35s");
    }

    @Test
    void clientThatDoesNotDrain_getsNoKeepAlive() {
        VirtualExchange run =
                new VirtualExchange(Policies.withKeepAlive(Timeouts.DEFAULTS, "15s"))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.FILLED)
                        .at("100s", Downstream.DRAINED)
                        .at("120s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(Plain.SEND_KEEP_ALIVE)).containsExactly("1m55s");
    }

    @Test
    void bufferedCall_keepsItsTrueStatusHoweverLongItTakes() {
        VirtualExchange run =
                new VirtualExchange(Policies.buffered(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("9m", Signal.TOKEN_ARRIVED)
                        .at("10m", Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(Plain.SEND_HEAD)).isEmpty();
        assertThat(run.when(Plain.COMMIT)).isEmpty();
        assertThat(run.ending()).isEqualTo("completed 10m");
    }

    @Test
    @DisplayName("P3 a limit that fires closes the upstream")
    void limitFires_abortsTheUpstreamBeforeTellingTheClient() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Policies.only(Limit.FIRST_TOKEN, "10s")))
                        .at("1s", Signal.CONNECTED);

        run.runTo("2h");

        assertThat(run.when(new Abort(1))).containsExactly("11s");
        assertThat(run.steps.get(2).command()).isInstanceOf(Command.Fail.class);
    }

    @Test
    void clientGone_abortsTheUpstreamAndTellsNobody() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Downstream.GONE)
                        .at("3s", Signal.TOKEN_ARRIVED);

        run.runTo("2h");

        assertThat(run.when(new Abort(1))).containsExactly("2s");
        assertThat(run.steps).hasSize(2);
        assertThat(run.exchange.outcome())
                .isEqualTo(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
    }

    @Test
    void clientThatNeverReads_isDroppedAfterClientStall() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.FILLED);

        run.runTo("2h");

        assertThat(run.when(Plain.DROP)).containsExactly("5m3s");
        assertThat(run.when(new Abort(1))).containsExactly("5m3s");
        assertThat(run.exchange.state()).isInstanceOf(Exchange.Over.class);
    }

    @Test
    @DisplayName("N5 who still reads something is slow, not stalled")
    void clientThatTakesSomething_hasItsWaitAnew() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.FILLED)
                        .at("4m", Downstream.TAKEN);

        run.runTo("2h");

        assertThat(run.when(Plain.DROP))
                .as("5m from then, its provider not blamed")
                .containsExactly("9m");
        assertThat(run.exchange.outcome())
                .isEqualTo(
                        new Outcome.Cancelled(
                                CancelReason.CLIENT_STALLED,
                                new Expiry(
                                        "client-stall",
                                        Span.ofSeconds(300),
                                        "default",
                                        Phase.STREAM,
                                        Span.ofSeconds(300).nanos())));
    }

    @Test
    void clientThatTakesSomethingOfADrainedQueue_isNotSuspectedOfAnything() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Policies.only(Limit.REQUEST, "1h")))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Downstream.TAKEN);

        run.runTo("59m");

        assertThat(run.when(Plain.DROP)).isEmpty();
    }

    @Test
    void answerThatIsNeverFetched_isDroppedToo() {
        VirtualExchange run =
                new VirtualExchange(Policies.buffered(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("2s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(Plain.DROP)).containsExactly("5m2s");
    }

    @Test
    void shutdown_tellsTheClientAndClosesTheUpstream() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", new Cancelled(new Outcome.Cancelled(CancelReason.SHUTDOWN)));

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("shutdown 3s");
        assertThat(run.when(new Abort(1))).containsExactly("3s");
    }

    @Test
    void finishReasonThenReset_isACompleteAnswer() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.FINISHED)
                        .at("3s", new Broke(new Failure.Reset()));

        run.runTo("2h");

        assertThat(run.when(Plain.COMMIT)).containsExactly("2s");
        assertThat(run.ending()).isEqualTo("repaired 3s");
    }

    @Test
    void endWithOnlyPreamble_isTruncated() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.BYTES_ARRIVED)
                        .at("3s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("Truncated 3s");
    }

    @Test
    void cleanEndInTheMiddle_isTruncated() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Timeouts.DEFAULTS))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Signal.ENDED);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("Truncated 3s");
    }

    @Test
    @DisplayName("S12 finished exactly at the limit is finished")
    void tokenExactlyAtTheLimit_counts() {
        VirtualExchange run =
                new VirtualExchange(Policies.streamed(Policies.only(Limit.FIRST_TOKEN, "10s")))
                        .at("1s", Signal.CONNECTED)
                        .at("11s", Signal.TOKEN_ARRIVED)
                        .at("12s", Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("completed 12s");
    }
}
