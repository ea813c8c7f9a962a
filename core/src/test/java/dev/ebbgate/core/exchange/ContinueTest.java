package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Continuable;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `mid-stream: continue`: after the commit the next target that can goes on with the answer.
class ContinueTest {

    private static final Continuable NOTHING_IN_THE_WAY = new Continuable(null);
    private static final Broke RESET = new Broke(new Failure.Reset());

    /// Three targets, of which these go on; the first has spoken and the text can be continued.
    private static VirtualExchange spoken(Integer... continuing) {
        return begun(new VirtualExchange(policy("15s", continuing)));
    }

    private static ExchangePolicy policy(String keepAlive, Integer... continuing) {
        Timeouts t = Timeouts.DEFAULTS;
        ExchangePolicy three = Policies.keptAlive(keepAlive, Policies.noRetries(), t, t, t);
        return Policies.continuing(three, Set.of(continuing));
    }

    private static VirtualExchange begun(VirtualExchange run) {
        return run.at("1s", Signal.CONNECTED)
                .at("2s", Signal.TOKEN_ARRIVED)
                .at("2s", NOTHING_IN_THE_WAY);
    }

    private static Broke refused(int status, Meaning meaning) {
        return new Broke(new BadStatus(status, true, meaning, null));
    }

    @Test
    void breakAfterTheCommit_isGoneOnWithByTheNextTarget() {
        VirtualExchange run =
                spoken(1)
                        .at("5s", RESET)
                        .at("6s", 2, Signal.CONNECTED)
                        .at("50s", 2, Signal.TOKEN_ARRIVED)
                        .at("51s", 2, Signal.DONE);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
        assertThat(run.when(Plain.COMMIT)).containsExactly("2s");
        assertThat(run.when(Plain.SEND_KEEP_ALIVE)).containsExactly("17s", "32s", "47s");
        assertThat(run.exchange.broken()).isNull();
        assertThat(run.ending()).isEqualTo("completed 51s");
    }

    @Test
    void targetThatDoesNotGoOn_isPassedOver() {
        VirtualExchange run = spoken(2).at("5s", RESET).at("6s", 2, Signal.DONE);

        run.runTo("5s");

        assertThat(run.attempts()).isEqualTo("0, 2");
    }

    @Test
    void noTargetThatGoesOn_theFailureIsToldAtOnce() {
        VirtualExchange run = spoken(0).at("5s", RESET);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).isEqualTo("Reset 5s");
    }

    @Test
    void obstacle_theFailureIsToldAtOnce() {
        VirtualExchange run =
                spoken(1, 2).at("4s", new Continuable("a tool call has begun")).at("5s", RESET);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.exchange.obstacle()).isEqualTo("a tool call has begun");
        assertThat(run.ending()).isEqualTo("Reset 5s");
    }

    @Test
    void nothingKnownOfTheText_theFailureIsToldAtOnce() {
        VirtualExchange run =
                new VirtualExchange(policy("15s", 1))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("5s", RESET);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
    }

    @Test
    void silenceAfterTheCommit_isGoneOnWith() {
        VirtualExchange run = spoken(1).at("123s", 2, Signal.CONNECTED).at("124s", 2, Signal.DONE);

        run.runTo("3m");

        assertThat(run.exchange.attempts().getFirst().outcome())
                .isInstanceOf(Outcome.TimedOut.class);
        assertThat(run.attempts()).startsWith("0, 1");
    }

    /// Every limit, when it is the first target that falls silent in the midst, or the second:
    /// before it has a connection, before it has said a word, and in the midst. One limit is 10 s,
    /// all others are off. What falls silent does so for good; the third target says nothing at
    /// all.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    connect     | stream      | 0       | open
                    connect     | connect     | 0, 1, 2 | Reset 25s
                    connect     | first-token | 0, 1    | open
                    connect     | second      | 0, 1    | open
                    first-token | stream      | 0       | open
                    first-token | connect     | 0, 1    | open
                    first-token | first-token | 0, 1, 2 | open
                    first-token | second      | 0, 1    | open
                    stream-idle | stream      | 0, 1    | open
                    stream-idle | connect     | 0, 1    | open
                    stream-idle | first-token | 0, 1    | open
                    stream-idle | second      | 0, 1, 2 | open
                    no-progress | stream      | 0, 1    | open
                    no-progress | connect     | 0, 1    | open
                    no-progress | first-token | 0, 1    | open
                    no-progress | second      | 0, 1, 2 | open
                    attempt     | stream      | 0, 1, 2 | attempt 30s
                    attempt     | connect     | 0, 1, 2 | Reset 25s
                    attempt     | first-token | 0, 1, 2 | Reset 25s
                    attempt     | second      | 0, 1, 2 | attempt 25s
                    request     | stream      | 0       | request 10s
                    request     | connect     | 0, 1, 2 | Reset 10s
                    request     | first-token | 0, 1, 2 | Reset 10s
                    request     | second      | 0, 1    | request 10s
                    """)
    void limitAfterTheCommit_leadsOnUnlessItIsThatOfTheWhole(
            String limit, String silentIn, String attempts, String ending) {
        Limit only = Limit.valueOf(limit.toUpperCase(Locale.ROOT).replace('-', '_'));
        Timeouts t = Policies.only(only, "10s");
        ExchangePolicy three = Policies.chain(true, Policies.noRetries(), t, t, t);
        VirtualExchange run = begun(new VirtualExchange(Policies.continuing(three, Set.of(1, 2))));
        if (!silentIn.equals("stream")) {
            run.at("5s", RESET);
        }
        if (silentIn.equals("first-token") || silentIn.equals("second")) {
            run.at("6s", 2, Signal.CONNECTED);
        }
        if (silentIn.equals("second")) {
            run.at("7s", 2, Signal.TOKEN_ARRIVED);
        }

        run.runTo("100s");

        assertThat(run.exchange.attempts().stream().map(a -> a.target() + "").toList())
                .isEqualTo(List.of(attempts.split(", ", -1)));
        assertThat(run.ending()).isEqualTo(ending);
    }

    @Test
    void triggerThatIsNotInWhen_isTold() {
        Set<Trigger> when = EnumSet.complementOf(EnumSet.of(Trigger.RESET));
        ExchangePolicy policy =
                Policies.keptAlive(
                        "15s",
                        Policies.when(Policies.noRetries(), when),
                        Timeouts.DEFAULTS,
                        Timeouts.DEFAULTS);
        VirtualExchange run =
                begun(new VirtualExchange(Policies.continuing(policy, Set.of(1)))).at("5s", RESET);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).isEqualTo("Reset 5s");
    }

    @Test
    void targetThatRefusesTheText_isFollowedByTheNext() {
        VirtualExchange run =
                spoken(1, 2)
                        .at("5s", RESET)
                        .at("6s", 2, refused(400, Meaning.PLAIN))
                        .at("7s", 3, Signal.CONNECTED)
                        .at("8s", 3, Signal.TOKEN_ARRIVED)
                        .at("9s", 3, Signal.DONE);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1, 2");
        assertThat(run.ending()).isEqualTo("completed 9s");
    }

    @Test
    void lastTargetThatRefusesTheText_theOriginalFailureIsTold() {
        VirtualExchange run = spoken(1).at("5s", RESET).at("6s", 2, refused(400, Meaning.PLAIN));

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("Reset 6s");
        assertThat(run.exchange.broken()).isEqualTo(run.exchange.attempts().getFirst());
    }

    @Test
    void contentThatIsRefused_isTakenNowhereElse() {
        VirtualExchange run =
                spoken(1, 2).at("5s", RESET).at("6s", 2, refused(400, Meaning.CONTENT_POLICY));

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
        assertThat(run.ending()).isEqualTo("Reset 6s");
    }

    @Test
    void deadPooledConnection_isNoRefusal() {
        VirtualExchange run =
                spoken(1)
                        .at("5s", RESET)
                        .at("6s", 2, new Broke(new Failure.Stale()))
                        .at("7s", 3, Signal.CONNECTED)
                        .at("8s", 3, Signal.TOKEN_ARRIVED)
                        .at("9s", 3, Signal.DONE);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1, 1");
        assertThat(run.ending()).isEqualTo("completed 9s");
    }

    @Test
    void secondDeath_isGoneOnWithByTheThird() {
        VirtualExchange run =
                spoken(1, 2)
                        .at("5s", RESET)
                        .at("6s", 2, Signal.CONNECTED)
                        .at("7s", 2, Signal.TOKEN_ARRIVED)
                        .at("8s", 2, Signal.ENDED)
                        .at("9s", 3, Signal.CONNECTED)
                        .at("10s", 3, Signal.TOKEN_ARRIVED)
                        .at("11s", 3, Signal.DONE);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1, 2");
        assertThat(run.when(Plain.COMMIT)).containsExactly("2s");
        assertThat(run.ending()).isEqualTo("completed 11s");
    }

    @Test
    void secondDeathWithNobodyLeft_isTheOneThatIsTold() {
        VirtualExchange run =
                spoken(1)
                        .at("5s", RESET)
                        .at("6s", 2, Signal.CONNECTED)
                        .at("7s", 2, Signal.TOKEN_ARRIVED)
                        .at("8s", 2, Signal.ENDED);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("Truncated 8s");
    }

    @Test
    void requestThatEndsWhileNobodyHasGoneOn_tellsTheOriginalFailure() {
        Timeouts request = Policies.defaultsBut(Limit.REQUEST, "30s");
        ExchangePolicy policy =
                Policies.continuing(
                        Policies.keptAlive("15s", Policies.noRetries(), request, request),
                        Set.of(1));
        VirtualExchange run =
                begun(new VirtualExchange(policy)).at("5s", RESET).at("6s", 2, Signal.CONNECTED);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
        assertThat(run.ending()).isEqualTo("Reset 30s");
    }

    @Test
    void lessThanASecondLeft_nobodyIsAsked() {
        Timeouts request = Policies.defaultsBut(Limit.REQUEST, "5500ms");
        ExchangePolicy policy =
                Policies.continuing(
                        Policies.keptAlive("15s", Policies.noRetries(), request, request),
                        Set.of(1));
        VirtualExchange run = begun(new VirtualExchange(policy)).at("5s", RESET);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).isEqualTo("Reset 5s");
    }

    @Test
    void cancelWhileNobodyHasGoneOn_isTold() {
        VirtualExchange run =
                spoken(1)
                        .at("5s", RESET)
                        .at("6s", new Cancelled(new Outcome.Cancelled(CancelReason.SHUTDOWN)));

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("shutdown 6s");
    }

    @Test
    void clientThatLeavesMeanwhile_closesTheUpstream() {
        VirtualExchange run = spoken(1).at("5s", RESET).at("6s", Downstream.GONE);

        run.runTo("2h");

        assertThat(run.when(new Command.Abort(2))).containsExactly("6s");
        assertThat(run.exchange.outcome())
                .isEqualTo(new Outcome.Cancelled(CancelReason.CLIENT_GONE));
    }

    @Test
    void clientThatDoesNotDrain_suspendsTheOneThatGoesOn() {
        VirtualExchange run =
                spoken(1)
                        .at("4s", Downstream.FILLED)
                        .at("5s", RESET)
                        .at("6s", 2, Signal.CONNECTED)
                        .at("7s", 2, Signal.TOKEN_ARRIVED)
                        .at("200s", Downstream.DRAINED)
                        .at("201s", 2, Signal.DONE);

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("completed 3m21s");
    }

    @Test
    void hedgedRoute_goesOnWithOneTargetAtATime() {
        ExchangePolicy policy =
                Policies.continuing(
                        Policies.keptAlive(
                                "15s",
                                Policies.hedged(Policies.noRetries(), "1s"),
                                Timeouts.DEFAULTS,
                                Timeouts.DEFAULTS,
                                Timeouts.DEFAULTS),
                        Set.of(1, 2));
        VirtualExchange run =
                new VirtualExchange(policy)
                        .at("100ms", Signal.CONNECTED)
                        .at("500ms", Signal.TOKEN_ARRIVED)
                        .at("500ms", NOTHING_IN_THE_WAY)
                        .at("5s", RESET)
                        .at("60s", 2, Signal.CONNECTED)
                        .at("61s", 2, Signal.TOKEN_ARRIVED)
                        .at("62s", 2, Signal.DONE);

        run.runTo("9s");

        assertThat(run.attempts()).isEqualTo("0, 1");
    }

    @Test
    void attemptThatMayGoOn_isNotHurriedByTargetsThatDoNot() {
        VirtualExchange run =
                spoken(1).at("5s", RESET).at("6s", 2, Signal.CONNECTED).at("9m", 2, Signal.DONE);

        run.runTo("8m");

        assertThat(run.exchange.outcome()).isNull();
    }
}
