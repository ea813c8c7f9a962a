package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Held;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;

import org.junit.jupiter.api.Test;

/// `mid-stream: hold`: nothing counts before the end.
class HoldTest {

    private static VirtualExchange holding() {
        Failover hold = Policies.midStream(MidStream.Mode.HOLD, Policies.noRetries());
        return new VirtualExchange(Policies.keptAlive("15s", hold));
    }

    @Test
    void breakAfterTokens_failsOverAndTheAnswerIsCommittedAtItsEnd() {
        VirtualExchange run =
                holding()
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("20s", new Broke(new Failure.Reset()))
                        .at("21s", 2, Signal.CONNECTED)
                        .at("22s", 2, Signal.TOKEN_ARRIVED)
                        .at("50s", 2, Signal.FINISHED)
                        .at("51s", 2, Signal.DONE);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
        assertThat(run.when(Plain.SEND_HEAD)).containsExactly("15s");
        assertThat(run.when(Plain.SEND_KEEP_ALIVE)).containsExactly("30s", "45s");
        assertThat(run.when(Plain.COMMIT)).containsExactly("51s");
        assertThat(run.ending()).isEqualTo("completed 51s");
    }

    @Test
    void silenceAfterTokens_failsOver() {
        VirtualExchange run =
                holding().always("1s", Signal.CONNECTED).always("2s", Signal.TOKEN_ARRIVED);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
        assertThat(run.when(Plain.COMMIT)).isEmpty();
        assertThat(run.ending()).isEqualTo("stream-idle 4m4s");
    }

    @Test
    void moreThanCanBeHeld_isCommittedAndThenAFailureIsTold() {
        VirtualExchange run =
                holding()
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("3s", Held.FULL)
                        .at("4s", new Broke(new Failure.Reset()));

        run.runTo("2h");

        assertThat(run.when(Plain.COMMIT)).containsExactly("3s");
        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).isEqualTo("Reset 4s");
    }

    @Test
    void fullBeforeTheFirstToken_commitsNothing() {
        VirtualExchange run = holding().at("1s", Signal.CONNECTED).at("2s", Held.FULL);

        run.runTo("3s");

        assertThat(run.when(Plain.COMMIT)).isEmpty();
    }

    @Test
    void answerWithoutItsFormalEnd_isCommittedAndRepaired() {
        VirtualExchange run =
                holding()
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.FINISHED)
                        .at("3s", new Broke(new Failure.Reset()));

        run.runTo("2h");

        assertThat(run.when(Plain.COMMIT)).containsExactly("3s");
        assertThat(run.ending()).isEqualTo("repaired 3s");
    }
}
