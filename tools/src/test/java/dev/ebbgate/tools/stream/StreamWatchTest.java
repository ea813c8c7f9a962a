package dev.ebbgate.tools.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.tools.testing.VirtualTime;
import dev.ebbgate.tools.time.Timers;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Streams that hang, stall, trickle and flow, in virtual time.
class StreamWatchTest {

    private static final StreamLimits LIMITS =
            StreamLimits.DEFAULT
                    .withFirstToken(Duration.ofMinutes(10))
                    .withStreamIdle(Duration.ofMinutes(2));

    private final VirtualTime time = new VirtualTime(7);
    private final List<String> seen = new ArrayList<>();
    private long startNanos;

    /// What a model does with its stream.
    private interface Model {
        void answer(WatchedStream stream) throws Exception;
    }

    private void play(StreamLimits limits, Model model) {
        time.play(() -> {
            Timers timers = new Timers(time);
            StreamWatch watch = new StreamWatch(limits, time, timers);
            startNanos = time.nanoTime();
            WatchedStream stream = watch.begin("acme/large", () -> note("cancelled"), this::told);
            model.answer(stream);
        });
    }

    private void told(StreamCutException cut) {
        note(String.valueOf(cut.getMessage()));
    }

    private void note(String what) {
        double seconds = (time.nanoTime() - startNanos) / 1e9;
        seen.add(String.format(Locale.ROOT, "%.3f %s", seconds, what));
    }

    private void sleep(long seconds) throws InterruptedException {
        long until = time.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (time.nanoTime() - until < 0) {
            time.park(until);
        }
    }

    @Test
    @DisplayName(
            "N1 N2 N5: no delta within first-token: did not respond, and the call is cancelled")
    void silentModel_isCutAtFirstToken() {
        play(LIMITS, stream -> sleep(700));

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "600.000 cancelled",
                        "600.000 provider did not respond: no token for 10m0.0s in phase"
                                + " first-token (limit 10m from StreamLimits.withFirstToken);"
                                + " target=acme/large attempt=1/1 chunks=0 committed=false");
    }

    @Test
    @DisplayName("N1 N2 N5: a stream that stalls after deltas: stopped unexpectedly")
    void stalledStream_isCutAtStreamIdle() {
        play(
                LIMITS,
                stream -> {
                    sleep(500);
                    stream.token(() -> note("token"));
                    sleep(119);
                    stream.token(() -> note("token"));
                    sleep(200);
                });

        assertThat(seen.subList(0, 2)).containsExactly("500.000 token", "619.000 token");
        assertThat(seen.subList(2, 4))
                .containsExactlyInAnyOrder(
                        "739.000 cancelled",
                        "739.000 provider stopped unexpectedly: no byte for 2m0.0s in phase stream"
                                + " (limit 2m from StreamLimits.withStreamIdle);"
                                + " target=acme/large attempt=1/1 chunks=2 committed=true");
        assertThat(seen).hasSize(4);
    }

    @Test
    @DisplayName("N5: a successful stream is untouched")
    void stream_thatCompletes_isUntouched() {
        play(
                LIMITS.without(Limit.REQUEST),
                stream -> {
                    for (int i = 0; i < 50; i++) {
                        sleep(100);
                        stream.token(() -> {});
                    }
                    stream.complete(() -> note("complete"));
                    sleep(5000);
                    assertThat(stream.outcome()).isEqualTo(new Outcome.Completed(false));
                });

        assertThat(seen).containsExactly("5000.000 complete");
    }

    @Test
    @DisplayName("N: keep-alive bytes hold off stream-idle, but are no progress")
    void keepAlives_withoutTokens_endAtNoProgress() {
        play(
                LIMITS.withNoProgress(Duration.ofMinutes(5)),
                stream -> {
                    stream.token(() -> {});
                    while (stream.sign(() -> {})) {
                        sleep(60);
                    }
                });

        assertThat(seen).hasSize(2).anyMatch(line -> line.startsWith("300.000 provider stopped"));
        assertThat(seen)
                .anyMatch(line -> line.contains("limit 5m from StreamLimits.withNoProgress"));
    }

    @Test
    @DisplayName("N: keep-alive bytes before the first token do not extend first-token")
    void keepAlives_beforeTheFirstToken_areNoToken() {
        play(
                LIMITS,
                stream -> {
                    while (stream.sign(() -> {})) {
                        sleep(60);
                    }
                });

        assertThat(seen).anyMatch(line -> line.startsWith("600.000 provider did not respond"));
    }

    @Test
    void total_endsAStreamThatFlows() {
        play(
                LIMITS.withTotal(Duration.ofSeconds(90)),
                stream -> {
                    while (stream.token(() -> {})) {
                        sleep(1);
                    }
                });

        assertThat(seen).anyMatch(line -> line.startsWith("90.000 provider did not finish"));
    }

    @Test
    @DisplayName("law 6: the reader's slowness is not the model's silence")
    void slowReader_isNotTakenForSilence() {
        play(
                LIMITS,
                stream -> {
                    stream.token(() -> slowly(300));
                    sleep(119);
                    stream.token(() -> note("token"));
                    stream.complete(() -> {});
                });

        assertThat(seen).containsExactly("419.000 token");
    }

    @Test
    @DisplayName("law 6: nor when it is slow with a sign of life")
    void slowReader_ofASign_isNotTakenForSilence() {
        play(
                LIMITS,
                stream -> {
                    stream.token(() -> {});
                    stream.sign(() -> slowly(300));
                    sleep(119);
                    stream.token(() -> note("token"));
                    stream.complete(() -> {});
                });

        assertThat(seen).containsExactly("419.000 token");
    }

    @Test
    @DisplayName("the end is told after what is being forwarded, and nothing is forwarded after it")
    void limit_whileForwarding_isToldAfterwards() {
        play(
                LIMITS.withTotal(Duration.ofSeconds(100)),
                stream -> {
                    stream.token(() -> {
                        slowly(150);
                        note("forwarded");
                    });
                    assertThat(stream.token(() -> note("late"))).isFalse();
                    assertThat(stream.complete(() -> note("late"))).isFalse();
                    assertThat(stream.fail(() -> note("late"))).isFalse();
                });

        assertThat(seen).hasSize(3);
        assertThat(seen.get(0)).isEqualTo("100.000 cancelled");
        assertThat(seen.get(1)).isEqualTo("150.000 forwarded");
        assertThat(seen.get(2)).startsWith("150.000 provider did not finish");
    }

    private void slowly(long seconds) {
        try {
            sleep(seconds);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @DisplayName("N4: a failure of the model's own is passed on as it came, and never asked again")
    void failureOfItsOwn_isForwarded() {
        play(
                LIMITS,
                stream -> {
                    stream.fail(() -> note("failed"));
                    assertThat(stream.token(() -> note("late"))).isFalse();
                });

        assertThat(seen).containsExactly("0.000 failed");
    }

    @Test
    void cancelled_callsTheModelOff_andTellsNothing() {
        play(
                LIMITS,
                stream -> {
                    stream.token(stream::cancel);
                    stream.cancel();
                    assertThat(stream.token(() -> note("late"))).isFalse();
                });

        assertThat(seen).containsExactly("0.000 cancelled");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 599, 600})
    @DisplayName("never early: what arrives within the limit, or just with it, counts")
    void tokenWithinTheLimit_isHonoured(long seconds) {
        play(
                LIMITS.withFirstToken(Duration.ofSeconds(601)),
                stream -> {
                    sleep(seconds);
                    assertThat(stream.token(() -> {})).isTrue();
                    stream.complete(() -> {});
                });

        assertThat(seen).isEmpty();
    }

    @Test
    @DisplayName("N3: a single timeout counts for both phases where nothing else is set")
    void singleTimeout_isUsedForBothPhases() {
        StreamLimits limits = StreamLimits.DEFAULT.withSingleTimeout(Duration.ofSeconds(45));

        assertThat(limits.timeouts().firstToken().value()).hasToString("45s");
        assertThat(limits.timeouts().streamIdle().value()).hasToString("45s");
        assertThat(limits.timeouts().noProgress().value()).hasToString("20m");
        assertThat(limits.timeouts().firstToken().source())
                .isEqualTo("StreamLimits.withSingleTimeout");
    }

    @Test
    @DisplayName("N3: a limit that is set by itself wins over the single timeout")
    void ownLimit_winsOverTheSingleTimeout() {
        StreamLimits limits =
                StreamLimits.DEFAULT
                        .withFirstToken(Duration.ofMinutes(5))
                        .withSingleTimeout(Duration.ofSeconds(45));

        assertThat(limits.timeouts().firstToken().value()).hasToString("5m");
        assertThat(limits.timeouts().streamIdle().value()).hasToString("45s");
    }

    @Test
    @DisplayName("N3: without either, the new defaults")
    void nothingSet_meansTheDefaults() {
        StreamLimits limits = StreamLimits.DEFAULT;

        assertThat(limits.timeouts().firstToken().value()).hasToString("10m");
        assertThat(limits.timeouts().streamIdle().value()).hasToString("2m");
        assertThat(limits.without(Limit.REQUEST).timeouts().request().value()).hasToString("off");
    }
}
