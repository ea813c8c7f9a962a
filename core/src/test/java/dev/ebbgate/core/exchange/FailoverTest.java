package dev.ebbgate.core.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Command.Abort;
import dev.ebbgate.core.exchange.Command.Plain;
import dev.ebbgate.core.exchange.ExchangeEvent.Cancelled;
import dev.ebbgate.core.exchange.ExchangeEvent.Downstream;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.failure.Failure.StreamError;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.Trigger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Set;
import java.util.stream.Stream;

/// What follows an attempt that failed, and when. Half of every backoff is drawn.
class FailoverTest {

    private static VirtualExchange two() {
        return two(Timeouts.DEFAULTS);
    }

    private static VirtualExchange two(Timeouts timeouts) {
        return new VirtualExchange(Policies.chain(true, Failover.DEFAULT, timeouts, timeouts));
    }

    private static Broke status(int status, Meaning meaning, String retryAfter) {
        Span wait = retryAfter.isEmpty() ? null : Span.parse(retryAfter);
        return new Broke(new BadStatus(status, true, meaning, wait));
    }

    private static Broke status(int status) {
        return status(status, Meaning.PLAIN, "");
    }

    /// What every attempt meets after 1 s, how often each target is then asked and after which
    /// waits, and whether the next target is.
    static Stream<Arguments> rows() {
        return Stream.of(
                Arguments.of(new Broke(new Failure.ConnectFailed("refused")), "@, @ +125ms", true),
                Arguments.of(new Broke(new Failure.Reset()), "@, @ +125ms", true),
                Arguments.of(status(500), "@, @ +125ms", true),
                Arguments.of(status(529), "@, @ +125ms", true),
                Arguments.of(status(503, Meaning.PLAIN, "2s"), "@, @ +2s", true),
                Arguments.of(status(503, Meaning.PLAIN, "4s"), "@", true),
                Arguments.of(status(429), "@", true),
                Arguments.of(status(429, Meaning.PLAIN, "2s"), "@, @ +2s", true),
                Arguments.of(status(429, Meaning.PLAIN, "4s"), "@", true),
                Arguments.of(status(429, Meaning.QUOTA, "1s"), "@", true),
                Arguments.of(status(401), "@", true),
                Arguments.of(status(402), "@", true),
                Arguments.of(status(403), "@", true),
                Arguments.of(status(400), "@", false),
                Arguments.of(status(404), "@", false),
                Arguments.of(status(413), "@", false),
                Arguments.of(status(302), "@", true),
                Arguments.of(status(400, Meaning.CONTEXT_LENGTH, ""), "@", false),
                Arguments.of(status(400, Meaning.CONTENT_POLICY, ""), "@", false),
                Arguments.of(new Broke(new Failure.Malformed("x")), "@, @ +125ms", true),
                Arguments.of(Signal.ENDED, "@, @ +125ms", true),
                Arguments.of(Signal.DONE, "@, @ +125ms", true),
                Arguments.of(new Broke(new StreamError(529, Meaning.PLAIN)), "@, @ +125ms", true),
                Arguments.of(new Broke(new StreamError(400, Meaning.PLAIN)), "@, @ +125ms", true),
                Arguments.of(new Broke(new StreamError(429, Meaning.PLAIN)), "@", true),
                Arguments.of(new Broke(new StreamError(400, Meaning.CONTENT_POLICY)), "@", false),
                Arguments.of(new Broke(new Failure.Stale()), "@, @, @ +125ms", true),
                Arguments.of(new Broke(new Failure.Defect()), "@", false),
                Arguments.of(new Broke(new Failure.NoRoom("limits.buffered")), "@", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("C2 C3 every failure is followed by what the table says")
    void failure_isFollowedByWhatTheTableSays(
            UpstreamEvent failure, String eachTarget, boolean next) {
        VirtualExchange run = two().always("1s", failure);

        run.runTo("2h");

        String second = next ? ", " + eachTarget.replace('@', '1') : "";
        assertThat(run.attempts()).isEqualTo(eachTarget.replace('@', '0') + second);
        assertThat(run.exchange.outcome()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = Limit.class,
            names = {"CONNECT", "FIRST_TOKEN", "STREAM_IDLE", "NO_PROGRESS", "ATTEMPT"})
    @DisplayName("C1 N4 a target that let a limit run out is not asked again; another one is")
    void limit_isFollowedByTheNextTargetOnly(Limit limit) {
        Timeouts timeouts = Policies.only(limit, "20s");
        VirtualExchange run =
                new VirtualExchange(Policies.chain(false, retries(3), timeouts, timeouts));
        switch (limit) {
            case CONNECT -> {}
            case FIRST_TOKEN -> run.always("1s", Signal.CONNECTED);
            case STREAM_IDLE, NO_PROGRESS, ATTEMPT, REQUEST ->
                    run.always("1s", Signal.CONNECTED).always("2s", Signal.TOKEN_ARRIVED);
        }

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
        assertThat(Endings.text(run.exchange.outcome())).isEqualTo(limit.key());
    }

    @Test
    void requestLimit_endsEverything() {
        VirtualExchange run = two(Policies.only(Limit.REQUEST, "5s")).at("2s", status(500));

        run.runTo("2h");

        assertThat(run.attempts()).startsWith("0, 0 +125ms, 1");
        assertThat(run.ending()).isEqualTo("request 5s");
    }

    @Test
    @DisplayName("C1 N1 patience ends sooner while another target remains, and names its source")
    void hang_isLeftAfterThePatienceAndTheLastTargetKeepsItsLimit() {
        VirtualExchange run = two().always("1s", Signal.CONNECTED);

        run.runTo("2h");

        assertThat(run.when(new Command.Start(2, 1, 0))).containsExactly("3m1s");
        assertThat(run.ending()).isEqualTo("first-token 13m2s");
        assertThat(source(run, 0)).isEqualTo("default, cut to failover.first-token");
        assertThat(source(run, 1)).isEqualTo("default");
    }

    private static String source(VirtualExchange run, int attempt) {
        return run.exchange.attempts().get(attempt).outcome() instanceof Outcome.TimedOut(var fired)
                ? fired.limit().source()
                : "no limit fired";
    }

    @Test
    void triggerThatIsNotNamed_isNotFollowed() {
        Failover failover = Policies.when(Failover.DEFAULT, Set.of(Trigger.CONNECT));
        VirtualExchange run =
                new VirtualExchange(
                        Policies.chain(true, failover, Timeouts.DEFAULTS, Timeouts.DEFAULTS));

        run.at("1s", Signal.CONNECTED).runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).as("no patience for nothing").isEqualTo("first-token 10m1s");
    }

    @Test
    void contextTooLong_isGivenToTheNextTargetWhereThatIsWanted() {
        Failover failover = Policies.when(Failover.DEFAULT, Set.of(Trigger.CONTEXT_LENGTH));
        VirtualExchange run =
                new VirtualExchange(
                                Policies.chain(
                                        true, failover, Timeouts.DEFAULTS, Timeouts.DEFAULTS))
                        .always("1s", status(400, Meaning.CONTEXT_LENGTH, ""));

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 1");
    }

    @Test
    void retries_waitTwiceAsLongEachTime() {
        VirtualExchange run =
                new VirtualExchange(Policies.chain(true, retries(3), Timeouts.DEFAULTS))
                        .always("1s", status(503));

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0, 0 +125ms, 0 +250ms, 0 +500ms");
    }

    private static Failover retries(int retries) {
        Failover d = Failover.DEFAULT;
        return new Failover(
                d.when(),
                d.firstToken(),
                retries,
                d.backoff(),
                d.retryAfterMax(),
                d.reserve(),
                d.midStream(),
                d.hedgeAfter());
    }

    static Stream<UpstreamEvent> breaks() {
        return Stream.of(
                new Broke(new Failure.Reset()),
                new Broke(new StreamError(529, Meaning.PLAIN)),
                new Broke(new Failure.Malformed("x")),
                Signal.ENDED);
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void afterTheCommit_nothingFollows(UpstreamEvent broke) {
        VirtualExchange run =
                two().at("1s", Signal.CONNECTED).at("2s", Signal.TOKEN_ARRIVED).at("3s", broke);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).endsWith(" 3s");
    }

    @Test
    void silenceAfterTheCommit_isToldAndNotFailedOver() {
        VirtualExchange run = two().at("1s", Signal.CONNECTED).at("2s", Signal.TOKEN_ARRIVED);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.ending()).isEqualTo("stream-idle 2m2s");
    }

    @Test
    void bufferedCall_failsOverToItsLastByte() {
        Timeouts timeouts = Timeouts.DEFAULTS;
        VirtualExchange run =
                new VirtualExchange(Policies.chain(false, retries(0), timeouts, timeouts))
                        .at("1s", Signal.CONNECTED)
                        .at("2s", Signal.TOKEN_ARRIVED)
                        .at("60s", new Broke(new Failure.Reset()))
                        .at("61s", 2, Signal.TOKEN_ARRIVED)
                        .at("62s", 2, Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(new Command.Start(2, 1, 0))).containsExactly("1m");
        assertThat(run.ending()).isEqualTo("completed 1m2s");
    }

    @Test
    void earlyHead_doesNotEndFailover() {
        VirtualExchange run =
                new VirtualExchange(Policies.keptAlive("15s", Failover.DEFAULT))
                        .at("1s", Signal.CONNECTED)
                        .at("20s", status(401))
                        .at("21s", 2, Signal.CONNECTED)
                        .at("40s", 2, Signal.TOKEN_ARRIVED)
                        .at("41s", 2, Signal.DONE);

        run.runTo("2h");

        assertThat(run.when(Plain.SEND_HEAD)).containsExactly("15s");
        assertThat(run.when(Plain.SEND_KEEP_ALIVE)).containsExactly("30s");
        assertThat(run.when(Plain.COMMIT)).containsExactly("40s");
        assertThat(run.ending()).isEqualTo("completed 41s");
    }

    @Test
    void earlierAttempt_isClosedBeforeTheNextBeginsAndNotHeardAnyMore() {
        VirtualExchange run =
                two().at("1s", status(401)).at("2s", 1, Signal.TOKEN_ARRIVED).at("3s", Signal.DONE);

        run.runTo("4s");

        assertThat(run.steps.stream().map(VirtualExchange.Step::command))
                .containsExactly(
                        new Command.Start(1, 0, 0), new Abort(1), new Command.Start(2, 1, 0));
    }

    @Test
    void clientLeavesDuringTheBackoff_nothingIsBegun() {
        VirtualExchange run = two().at("1s", status(500)).at("1100ms", Downstream.GONE);

        run.runTo("2h");

        assertThat(run.attempts()).isEqualTo("0");
        assertThat(run.exchange.state()).isInstanceOf(Exchange.Over.class);
        assertThat(Endings.text(run.exchange.outcome())).isEqualTo("client gone");
    }

    @Test
    void shutdownDuringTheBackoff_isToldAtOnce() {
        VirtualExchange run =
                two().at("1s", status(500))
                        .at("1100ms", new Cancelled(new Outcome.Cancelled(CancelReason.SHUTDOWN)));

        run.runTo("2h");

        assertThat(run.ending()).isEqualTo("shutdown 1s100ms");
        assertThat(run.exchange.position().phase()).isEqualTo(Phase.BACKOFF);
    }

    @ParameterizedTest
    @CsvSource({"60s, 30s", "40s, 20s", "200s, 2m50s", "300s, 3m"})
    void request_leavesSomethingForEachTarget(String request, String cutAt) {
        VirtualExchange run =
                two(Policies.defaultsBut(Limit.REQUEST, request)).always("1ms", Signal.CONNECTED);

        run.runTo("2h");

        assertThat(run.exchange.attempts()).hasSize(2);
        assertThat(run.when(new Command.Start(2, 1, 0)).getFirst()).startsWith(cutAt);
        assertThat(source(run, 0))
                .contains(cutAt.equals("3m") ? "failover.first-token" : "cut so that request");
    }

    /// A buffered call whose first target is answering already.
    private static VirtualExchange answering(Timeouts timeouts, Failover failover) {
        return new VirtualExchange(Policies.chain(false, failover, timeouts, timeouts))
                .at("1s", Signal.CONNECTED)
                .at("2s", Signal.TOKEN_ARRIVED);
    }

    @ParameterizedTest
    @CsvSource({"9s, 2", "9100ms, 1"})
    void lessThanASecond_isNotWorthAnAttempt(String failedAt, int attempts) {
        VirtualExchange run =
                answering(Policies.only(Limit.REQUEST, "10s"), retries(0))
                        .at(failedAt, new Broke(new Failure.Reset()));

        run.runTo("2h");

        assertThat(run.exchange.attempts()).hasSize(attempts);
    }

    @Test
    void backoffThatWouldTakeWhatIsLeft_isNotWaitedFor() {
        VirtualExchange run =
                answering(Policies.only(Limit.REQUEST, "10s"), retries(1))
                        .at("8950ms", new Broke(new Failure.Reset()));

        run.runTo("9s");

        assertThat(run.attempts()).isEqualTo("0, 1");
    }
}
