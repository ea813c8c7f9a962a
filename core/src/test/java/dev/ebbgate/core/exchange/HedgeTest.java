package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Fail;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.Command.Start;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.health.Sign;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `hedge`: a target that is silent for too long gets another one beside it.
class HedgeTest {

    private static final Broke RESET = new Broke(new Failure.Reset());

    private static final Timeouts CALM = Policies.defaultsBut(Limit.CONNECT, "off");

    private final FrugalStanding kept = new FrugalStanding();

    private VirtualExchange hedged(boolean streamed, int targets) {
        Timeouts[] limits = new Timeouts[targets];
        Arrays.fill(limits, CALM);
        return new VirtualExchange(Policies.chain(streamed, Policies.hedged("20s"), limits), kept);
    }

    private static List<String> commands(VirtualExchange run) {
        return run.steps.stream().map(step -> text(step.command()) + " " + step.at()).toList();
    }

    private static String text(Command command) {
        return switch (command) {
            case Start(int attempt, int target, int _) -> "start " + attempt + " at " + target;
            case Abort(int attempt) -> "abort " + attempt;
            case Fail _ -> "fail";
            case Command.Enqueue _ -> "queue";
            case Plain plain -> plain.name().toLowerCase(Locale.ROOT);
        };
    }

    private static List<String> outcomes(VirtualExchange run) {
        return run.exchange.attempts().stream().map(a -> Endings.text(a.outcome())).toList();
    }

    @Test
    void silentTarget_getsAHedgeWhichWins() {
        VirtualExchange run =
                hedged(true, 2)
                        .at("1s", Signal.CONNECTED)
                        .at("21s", 2, Signal.CONNECTED)
                        .at("25s", 2, Signal.TOKEN_ARRIVED)
                        .at("26s", 1, Signal.TOKEN_ARRIVED)
                        .at("30s", 2, Signal.FINISHED)
                        .at("30s", 2, Signal.DONE)
                        .runTo("4m");

        assertThat(commands(run))
                .containsExactly(
                        "start 1 at 0 1ms",
                        "start 2 at 1 20s",
                        "abort 1 25s",
                        "commit 25s",
                        "complete 30s");
        assertThat(outcomes(run)).containsExactly("superseded", "completed");
        assertThat(kept.asked).containsExactly("0 FIRST", "1 HEDGE");
    }

    @Test
    void firstThatSpeaksAfterAll_winsAndTheHedgeCountsNeitherWay() {
        VirtualExchange run =
                hedged(true, 2)
                        .at("1s", Signal.CONNECTED)
                        .at("25s", 1, Signal.TOKEN_ARRIVED)
                        .at("30s", 1, Signal.FINISHED)
                        .at("30s", 1, Signal.DONE)
                        .runTo("4m");

        assertThat(commands(run)).contains("abort 2 25s", "commit 25s", "complete 30s");
        assertThat(outcomes(run)).containsExactly("completed", "superseded");
        assertThat(kept.permits.getFirst().signs).containsOnly(Sign.Plain.SUCCEEDED);
        assertThat(kept.permits.getLast().signs).containsExactly(Sign.Plain.NEITHER);
        assertThat(kept.permits).allMatch(permit -> permit.released == 1);
    }

    @Test
    void targetThatSpeaks_getsNoHedge() {
        hedged(true, 2).at("1s", Signal.CONNECTED).at("19s", Signal.TOKEN_ARRIVED).runTo("1m");

        assertThat(kept.asked).containsExactly("0 FIRST");
    }

    @ParameterizedTest
    @EnumSource
    void hedgeThatMayNotBe_isNotAskedForAgainAndLeavesTheTargetForLater(
            FrugalStanding.Refusal refusal) {
        kept.refusal = refusal;

        VirtualExchange run = hedged(true, 2).at("1s", Signal.CONNECTED).runTo("4m");

        assertThat(kept.asked).containsExactly("0 FIRST", "1 HEDGE", "1 FAILOVER");
        assertThat(run.attempts()).isEqualTo("0, 1");
    }

    @Test
    void firstThatFails_leavesTheHedgeAsTheAttempt() {
        VirtualExchange run =
                hedged(true, 3)
                        .at("22s", RESET)
                        .at("30s", 2, Signal.CONNECTED)
                        .at("35s", 2, Signal.TOKEN_ARRIVED)
                        .runTo("36s");

        assertThat(commands(run))
                .containsExactly(
                        "start 1 at 0 1ms", "start 2 at 1 20s", "abort 1 22s", "commit 35s");
    }

    @Test
    void hedgeThatFails_leavesTheFirstAndIsNotRepeated() {
        VirtualExchange run =
                hedged(true, 3)
                        .at("1s", Signal.CONNECTED)
                        .at("22s", 2, RESET)
                        .at("90s", 1, Signal.TOKEN_ARRIVED)
                        .runTo("91s");

        assertThat(commands(run))
                .containsExactly(
                        "start 1 at 0 1ms", "start 2 at 1 20s", "abort 2 22s", "commit 1m30s");
    }

    @Test
    void bothThatFail_areFollowedByTheTableForTheLast() {
        VirtualExchange run =
                hedged(true, 3)
                        .at("22s", RESET)
                        .at("23s", 2, new Broke(new Failure.Stale()))
                        .at(
                                "24s",
                                3,
                                new Broke(new Failure.BadStatus(401, true, Meaning.PLAIN, null)))
                        .runTo("30s");

        assertThat(run.exchange.attempts()).extracting(Attempt::target).containsExactly(0, 1, 1, 2);
        assertThat(kept.asked).containsExactly("0 FIRST", "1 HEDGE", "1 FAILOVER", "2 FAILOVER");
    }

    @Test
    void bothThatFail_theHedgeFirst_areFollowedByARetryOfTheFirst() {
        VirtualExchange run =
                hedged(true, 2)
                        .at("22s", 2, RESET)
                        .at("23s", 1, RESET)
                        .at("23500ms", 3, RESET)
                        .runTo("1m");

        assertThat(run.exchange.attempts()).extracting(Attempt::target).containsExactly(0, 1, 0);
        assertThat(run.ending()).startsWith("Reset");
    }

    @Test
    void hedgeThatGoesOnAlone_mayBeHedgedItself() {
        VirtualExchange run = hedged(true, 3).at("22s", RESET).runTo("45s");

        assertThat(commands(run)).endsWith("abort 1 22s", "start 3 at 2 40s");
    }

    @Test
    void noMoreThanTwo_areUnderWay() {
        hedged(true, 4).at("1s", Signal.CONNECTED).at("21s", 2, Signal.CONNECTED).runTo("2m");

        assertThat(kept.asked).containsExactly("0 FIRST", "1 HEDGE");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clientThatLeaves_endsBoth(boolean streamed) {
        VirtualExchange run = hedged(streamed, 2).at("25s", Downstream.GONE).runTo("4m");

        assertThat(commands(run)).endsWith("abort 2 25s", "abort 1 25s");
        assertThat(outcomes(run)).containsExactly("client gone", "client gone");
        assertThat(kept.permits).allMatch(p -> p.signs.equals(List.of(Sign.Plain.NEITHER)));
        assertThat(kept.permits).allMatch(permit -> permit.released == 1);
    }

    @Test
    void shutdown_endsBoth() {
        VirtualExchange run =
                hedged(true, 2)
                        .at("25s", new Cancelled(new Outcome.Cancelled(CancelReason.SHUTDOWN)))
                        .runTo("4m");

        assertThat(commands(run)).endsWith("abort 2 25s", "abort 1 25s", "fail 25s");
    }

    @Test
    void request_endsBoth() {
        Timeouts limits =
                Policies.UNLIMITED.with(
                        new ResolvedLimit(Limit.REQUEST, Span.ofSeconds(60), "test"));
        VirtualExchange run =
                new VirtualExchange(
                        Policies.chain(
                                true,
                                Policies.hedged(Policies.when(Failover.DEFAULT, Set.of()), "20s"),
                                limits,
                                limits),
                        kept);

        run.runTo("4m");

        assertThat(commands(run)).endsWith("abort 2 1m", "abort 1 1m", "fail 1m");
        assertThat(run.ending()).isEqualTo("request 1m");
    }

    @Test
    void bufferedAnswer_countsWhenItIsWhole() {
        VirtualExchange run =
                hedged(false, 2)
                        .at("1s", Signal.CONNECTED)
                        .at("21s", Signal.TOKEN_ARRIVED)
                        .at("22s", 2, Signal.CONNECTED)
                        .at("40s", 2, Signal.TOKEN_ARRIVED)
                        .at("40s", 2, Signal.DONE)
                        .runTo("4m");

        assertThat(commands(run)).endsWith("start 2 at 1 20s", "abort 1 40s", "complete 40s");
        assertThat(outcomes(run)).containsExactly("superseded", "completed");
    }

    @Test
    void bufferedAnswersDoneButForTheirEnd_areOneWhenRequestFires() {
        Timeouts limits =
                Policies.UNLIMITED.with(
                        new ResolvedLimit(Limit.REQUEST, Span.ofSeconds(60), "test"));
        VirtualExchange run =
                new VirtualExchange(
                                Policies.chain(false, Policies.hedged("20s"), limits, limits), kept)
                        .at("58s", 1, Signal.FINISHED)
                        .at("59s", 2, Signal.FINISHED)
                        .runTo("4m");

        assertThat(commands(run)).endsWith("abort 1 1m", "complete 1m");
        assertThat(outcomes(run)).containsExactly("superseded", "repaired");
    }

    @Test
    void signsOfLife_comeAsBefore() {
        VirtualExchange run =
                new VirtualExchange(Policies.keptAlive("15s", Policies.hedged("20s")), kept)
                        .at("1s", Signal.CONNECTED)
                        .at("21s", 2, Signal.CONNECTED)
                        .at("35s", 2, Signal.TOKEN_ARRIVED)
                        .runTo("36s");

        assertThat(commands(run))
                .containsExactly(
                        "start 1 at 0 1ms",
                        "send_head 15s",
                        "start 2 at 1 20s",
                        "send_keep_alive 30s",
                        "abort 1 35s",
                        "commit 35s");
    }

    @Test
    void heldAnswer_isOfWhomeverSpokeFirstAndMayStillFail() {
        Failover d = Policies.hedged("20s");
        Failover hold =
                new Failover(
                        d.when(),
                        d.firstToken(),
                        0,
                        d.backoff(),
                        d.retryAfterMax(),
                        d.reserve(),
                        new MidStream(MidStream.Mode.HOLD, MidStream.DEFAULT.holdMax()),
                        d.hedgeAfter());
        Timeouts t = CALM;
        VirtualExchange run =
                new VirtualExchange(Policies.chain(true, hold, t, t, t), kept)
                        .at("22s", 2, Signal.TOKEN_ARRIVED)
                        .at("23s", 2, RESET)
                        .at("24s", 3, RESET)
                        .runTo("25s");

        assertThat(commands(run))
                .endsWith(
                        "abort 1 22s",
                        "abort 2 23s",
                        "start 3 at 2 23s",
                        "abort 3 24s",
                        "start 4 at 0 24s");
    }
}
