package dev.ebbgate.core.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, 500, 500ms",
        "90s, 90000, 1m30s",
        "10m, 600000, 10m",
        "1h30m, 5400000, 1h30m",
        "1h30m5s250ms, 5405250, 1h30m5s250ms",
        "120s, 120000, 2m",
        "60m, 3600000, 1h"
    })
    void written_isReadAndWrittenAgain(String text, long millis, String canonical) {
        Span span = Span.parse(text);

        assertThat(span.millis()).isEqualTo(millis);
        assertThat(span).hasToString(canonical);
        assertThat(Span.parse(canonical)).isEqualTo(span);
    }

    @Test
    @DisplayName("O2 off is off")
    void off_isNoLimit() {
        assertThat(Span.parse("off")).isEqualTo(Span.OFF);
        assertThat(Span.OFF.after(42)).isEqualTo(Deadline.NEVER);
        assertThat(Span.OFF).hasToString("off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0s", "00ms", "0m0s"})
    @DisplayName("O2 zero is refused, for it could mean two things")
    void zero_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Span.parse(text))
                .withMessageContaining("write off, or leave it out to inherit");
    }

    @Test
    void bareNumber_isRefusedWithWhatToWrite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Span.parse("30"))
                .withMessage("\"30\" has no unit; write 30s or 30ms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-5s", "5 s", "5S", "1.5s", "s", "5d", "forever", "10s off", "５s"})
    void anythingElse_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Span.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9000h", "999999999999h", "999999999999s999999999999s"})
    void longerThanAYear_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Span.parse(text))
                .withMessageContaining("longer than a year");
    }

    @Test
    void momentsNearTheWrapOfTheClock_areComparedBySubtraction() {
        long start = Long.MAX_VALUE - 5;

        long moment = new Span(10).after(start);

        assertThat(Deadline.due(moment, start)).isFalse();
        assertThat(Deadline.due(moment, start + 10)).isTrue();
        assertThat(Deadline.nearer(moment, start + 20)).isEqualTo(moment);
        assertThat(new Span(5).after(start)).isNotEqualTo(Deadline.NEVER);
    }
}
