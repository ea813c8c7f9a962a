package dev.ebbgate.core.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/// What calls show of the time that prompts take, and what they do not show.
class ExpectationTest {

    private static final double[] TOKENS = Prefill.tokens();
    private static final double[] SECONDS = Prefill.seconds();

    @Test
    @DisplayName("O data/prefill.csv is met within 3 % at all 16 points")
    void measuredPrefills_areMet() {
        Expectation usual = known(Expectation.of(TOKENS, SECONDS));

        for (int i = 0; i < TOKENS.length; i++) {
            assertThat(usual.seconds(TOKENS[i]) / SECONDS[i])
                    .as("%.0f tokens", TOKENS[i])
                    .isCloseTo(1, within(0.03));
        }
        assertThat(usual.linear()).isCloseTo(0.3554, within(0.01));
        assertThat(usual.square()).isCloseTo(0.0010053, within(0.0001));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 2, 10})
    void oneInFiveThatIsWild_movesItByAFewPercent(double factor) {
        for (int start = 0; start < 5; start++) {
            double[] seconds = SECONDS.clone();
            for (int i = start; i < seconds.length; i += 5) {
                seconds[i] *= factor;
            }

            Expectation usual = known(Expectation.of(TOKENS, seconds));

            for (double tokens : new double[] {20_000, 100_000, 400_000, 700_000}) {
                double k = tokens / 1_000;
                assertThat(usual.seconds(tokens) / (0.3554 * k + 0.0010053 * k * k))
                        .as("%.0f tokens, wild from %d", tokens, start)
                        .isCloseTo(1, within(0.05));
            }
        }
    }

    @Test
    void manyNoisyCallsWithQueueing_areSeenThrough() {
        Random random = new Random(4);
        double[] tokens = new double[128];
        double[] seconds = new double[128];
        for (int i = 0; i < 128; i++) {
            tokens[i] = 2_000 * Math.pow(100, random.nextDouble());
            double k = tokens[i] / 1_000;
            double queued = random.nextInt(5) == 0 ? 30 * random.nextDouble() : 0;
            double noise = Math.exp(0.08 * random.nextGaussian());
            seconds[i] = (0.3554 * k + 0.0010053 * k * k) * noise + queued;
        }

        Expectation usual = known(Expectation.of(tokens, seconds));

        assertThat(usual.seconds(100_000)).isCloseTo(45.6, within(2.5));
    }

    @Test
    void aLinearBackend_getsNoNegativeSquare() {
        double[] seconds = Arrays.stream(TOKENS).map(t -> t / 1_000 * 0.2).toArray();

        Expectation usual = known(Expectation.of(TOKENS, seconds));

        assertThat(usual.square()).isBetween(0.0, 1e-6);
        assertThat(usual.linear()).isCloseTo(0.2, within(0.001));
    }

    @Test
    void tooFewCalls_showNothing() {
        assertThat(Expectation.of(Arrays.copyOf(TOKENS, 11), Arrays.copyOf(SECONDS, 11))).isNull();
        assertThat(Expectation.of(new double[0], new double[0])).isNull();
    }

    @Test
    void callsOfOneLength_showNothing() {
        double[] tokens = new double[100];
        double[] seconds = new double[100];
        for (int i = 0; i < 100; i++) {
            tokens[i] = 50_000 + 100 * i;
            seconds[i] = 20 + 0.01 * i;
        }

        assertThat(Expectation.of(tokens, seconds)).isNull();
    }

    @Test
    void shortPromptsWhoseTimeIsTheWay_showNothing() {
        double[] tokens = new double[100];
        double[] seconds = new double[100];
        for (int i = 0; i < 100; i++) {
            tokens[i] = 10 + i * 4;
            seconds[i] = 0.4;
        }

        assertThat(Expectation.of(tokens, seconds)).isNull();
    }

    @Test
    void timesThatHaveNothingToDoWithThePrompt_showNothing() {
        Random random = new Random(7);
        double[] tokens = new double[100];
        double[] seconds = new double[100];
        for (int i = 0; i < 100; i++) {
            tokens[i] = 1_000 + 1_000 * i;
            seconds[i] = Math.exp(random.nextGaussian());
        }

        assertThat(Expectation.of(tokens, seconds)).isNull();
    }

    @Test
    void aCall_isSlowByMoreThanChanceAndMoreThanAMoment() {
        Expectation usual = known(Expectation.of(TOKENS, SECONDS));

        assertThat(usual.isSlow(100_000, 45.6)).isFalse();
        assertThat(usual.isSlow(100_000, 60)).isFalse();
        assertThat(usual.isSlow(100_000, 90)).isTrue();
        assertThat(usual.isSlow(1_000, 1.5)).as("4 times, but a moment").isFalse();
        assertThat(usual.isSlow(5_000_000, 1e6)).as("far beyond what was seen").isFalse();
    }

    private static Expectation known(@Nullable Expectation expectation) {
        return Objects.requireNonNull(expectation);
    }
}
