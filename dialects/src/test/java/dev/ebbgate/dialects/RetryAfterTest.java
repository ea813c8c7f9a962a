package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Objects;

class RetryAfterTest {

    /// Sun, 06 Nov 1994 08:49:37 GMT.
    private static final long NOW = 784_111_777_000L;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 | 3s",
                "0.25 | 250ms",
                "1. | 1s",
                " 7  | 7s",
                "0 | 1ms",
                "-5 | 1ms",
                "-0.0001 | 1ms",
                "0.0001 | 1ms",
                "86401 | 24h",
                "999999999999999999999999 | 24h",
                "Sun, 06 Nov 1994 08:49:40 GMT | 3s",
                "Sun, 06 Nov 1994 08:49:37 GMT | 1ms",
                "Sat, 05 Nov 1994 08:49:37 GMT | 1ms",
                "Fri, 31 Dec 9999 23:59:59 GMT | 24h"
            })
    void retryAfter_isReadWithinBounds(String value, String span) {
        Map<String, String> headers = Map.of("retry-after", value);

        assertThat(RetryAfter.read(headers::get, NOW)).isEqualTo(Span.parse(span));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "1,5",
                "+3",
                "3s",
                "1e3",
                "NaN",
                "Infinity",
                ".",
                "-",
                "0x10",
                "3 4",
                "Mon, 06 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994"
            })
    void malformed_isAbsent(String value) {
        Map<String, String> headers = Map.of("retry-after", value);

        assertThat(RetryAfter.read(headers::get, NOW)).isNull();
    }

    @Test
    void noHeader_isAbsent() {
        assertThat(RetryAfter.read(_ -> null, NOW)).isNull();
    }

    @Test
    void milliseconds_goFirst() {
        Map<String, String> headers = Map.of("retry-after-ms", "1500.5", "retry-after", "2");

        assertThat(RetryAfter.read(headers::get, NOW)).isEqualTo(Span.parse("1500ms"));
    }

    @Test
    void malformedMilliseconds_leaveItToTheSeconds() {
        Map<String, String> headers = Map.of("retry-after-ms", "soon", "retry-after", "2");

        assertThat(Objects.requireNonNull(RetryAfter.read(headers::get, NOW)).millis())
                .isEqualTo(2000);
    }
}
