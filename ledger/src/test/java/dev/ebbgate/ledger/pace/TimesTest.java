package dev.ebbgate.ledger.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebbgate.ledger.pack.Packed;
import dev.ebbgate.ledger.pack.Unpacked;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Percentiles against an exact computation.
class TimesTest {

    private static final long MILLI = 1_000_000L;

    private static Times of(long... millis) {
        Times times = new Times();
        for (long each : millis) {
            times.add(each * MILLI, false);
        }
        return times;
    }

    private static long exact(long[] sorted, double percent) {
        return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
    }

    @ParameterizedTest
    @CsvSource({"51,7.7,47,109", "147,3.1,7,168", "257,16,89,491", "100000,5,60,900"})
    @DisplayName("C4 percentiles lie within a thousandth of the exact ones")
    void percentiles_areExactToThreeDigits(int n, double p50, double p90, double max) {
        long[] drawn = Drawn.millis(n, p50, p90, max, new SplittableRandom(n));

        Times times = of(drawn);

        Arrays.sort(drawn);
        for (double percent : new double[] {1, 50, 90, 99, 99.9, 100}) {
            double exact = exact(drawn, percent);
            assertThat((double) times.percentile(percent).millis())
                    .as("p" + percent)
                    .isCloseTo(exact, within(Math.max(1, exact * 0.001)));
        }
        assertThat(times.max()).isEqualTo(new Measured(drawn[n - 1], false));
        assertThat(times.atLeast(10_000))
                .isCloseTo(
                        Arrays.stream(drawn).filter(each -> each >= 10_000).count(),
                        within(Math.max(1, n / 500L)));
    }

    @Test
    void twoTogether_areWhatOneWouldBe() {
        SplittableRandom random = new SplittableRandom(7);
        Times first = new Times();
        Times second = new Times();
        Times all = new Times();
        for (int i = 0; i < 5_000; i++) {
            long nanos = random.nextLong(1, 700_000) * MILLI;
            boolean isCut = random.nextInt(100) == 0;
            (random.nextBoolean() ? first : second).add(nanos, isCut);
            all.add(nanos, isCut);
        }

        first.add(second);

        assertSame(first, all);
    }

    @Test
    void whatWasWritten_isReadAgain() {
        Times times = of(0, 1, 7, 500, 3_600_000);
        times.add(120_000 * MILLI, true);

        Packed out = new Packed(16);
        times.write(out, new Times.Scratch());
        new Times().write(out, new Times.Scratch());
        Unpacked in = new Unpacked(out.toBytes());

        assertSame(Times.read(in), times);
        Times none = Times.read(in);
        assertThat(none.count()).isZero();
        none.add(MILLI, false);
        assertThat(none.max().millis()).isEqualTo(1);
    }

    /// HdrHistogram's own decoder says what was written.
    @Test
    void whatWasWritten_isAddedAsTheLibraryWouldReadIt() {
        SplittableRandom random = new SplittableRandom(3);
        Times sum = new Times();
        Histogram expected = new Histogram(3);
        expected.setAutoResize(true);
        for (int digits = 1; digits <= 9; digits++) {
            Times times = new Times();
            for (int i = 0; i < 300; i++) {
                times.add(random.nextLong((long) Math.pow(10, digits)) * MILLI, i % 100 == 0);
            }

            Packed out = new Packed(16);
            times.write(out, new Times.Scratch());
            sum.add(new Unpacked(out.toBytes()));

            Unpacked in = new Unpacked(out.toBytes());
            in.number();
            in.number();
            in.number();
            expected.add(Histogram.decodeFromByteBuffer(in.octets(), 0));
        }

        assertThat(sum.histogram()).isEqualTo(expected);
        assertThat(sum.cutShort()).isEqualTo(27);
    }

    private static void assertSame(Times one, Times other) {
        assertThat(one.histogram()).isEqualTo(other.histogram());
        assertThat(one.max()).isEqualTo(other.max());
        assertThat(one.cutShort()).isEqualTo(other.cutShort());
        for (int percent = 1; percent <= 100; percent++) {
            assertThat(one.percentile(percent)).isEqualTo(other.percentile(percent));
        }
    }

    @Test
    @DisplayName(
            "C4 what was cut short is in the percentiles, which say \"at least\" from there on")
    void whatWasCutShort_marksThePercentilesFromThereOn() {
        Times times = of(10, 20, 30, 40, 50, 60, 70, 80);
        times.add(45 * MILLI, true);
        times.add(90 * MILLI, true);

        assertThat(times.percentile(40)).isEqualTo(new Measured(40, false));
        assertThat(times.percentile(50)).isEqualTo(new Measured(45, true));
        assertThat(times.percentile(90)).isEqualTo(new Measured(80, true));
        assertThat(times.max()).isEqualTo(new Measured(90, true));
        assertThat(times.cutShort()).isEqualTo(2);
    }

    @Test
    void nothing_isZeroAndCertain() {
        assertThat(new Times().percentile(99)).isEqualTo(new Measured(0, false));
        assertThat(new Times().atLeast(0)).isZero();
    }
}
