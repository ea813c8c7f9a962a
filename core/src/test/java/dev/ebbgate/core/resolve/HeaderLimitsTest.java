package dev.ebbgate.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Bounds;
import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.Overrides;
import dev.ebbgate.core.config.Policies;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.policy.Failover;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

class HeaderLimitsTest {

    private static final Policies LENGTHENED =
            new Policies(
                    TimeoutSettings.NONE,
                    KeepAliveSettings.NONE,
                    Bounds.DEFAULT,
                    new Overrides(
                            Map.of(
                                    Limit.FIRST_TOKEN, Span.ofSeconds(1800),
                                    Limit.STREAM_IDLE, Span.ofSeconds(36_000))),
                    Failover.DEFAULT);

    @ParameterizedTest
    @CsvSource({
        "first-token,90s,1m30s",
        "first-token,10m,10m",
        "first-token,30m,30m",
        "stream-idle,5s,5s",
        "stream-idle,1h,1h",
        "request,1ms,1ms",
        "attempt,1m,1m",
        "connect,' 2s ',2s",
        "no-progress,1m,1m",
    })
    void header_shortensAlwaysAndLengthensWithinOverrides(String key, String text, String value) {
        Timeouts timeouts = applied("x-ebbgate-timeout-" + key, text);

        assertThat(timeouts.get(limit(key)).value()).hasToString(value);
        assertThat(timeouts.get(limit(key)).source()).isEqualTo("header x-ebbgate-timeout-" + key);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout-first-token,31m,31m is too long; write at most 30m",
        "timeout-request,61m,1h1m is longer than request is here; write at most 1h",
        "timeout-stream-idle,4s,4s is out of bounds; write 5s to 1h",
        "timeout-stream-idle,2h,2h is out of bounds; write 5s to 1h",
        "timeout-first-token,off,a request cannot switch a limit off; write a duration",
        "timeout-connect,5,'\"5\" has no unit; write 5s or 5ms'",
        "timeout-attempt,0,0 is no duration; write for example 30s",
        "deadline,off,a request cannot switch a limit off; write a duration",
        "deadline,soon,'\"soon\" is not a duration; write for example 500ms, 90s or 1h30m'",
    })
    void header_thatCannotBeFollowed_isNamed(String name, String text, String problem) {
        HeaderLimits.Result result = apply("x-ebbgate-" + name, text);

        assertThat(result).isEqualTo(new HeaderLimits.BadHeader("x-ebbgate-" + name, problem));
    }

    @Test
    void deadline_onlyShrinksRequest() {
        assertThat(applied("x-ebbgate-deadline", "90s").request().value()).hasToString("1m30s");
        assertThat(applied("x-ebbgate-deadline", "90s").request().source())
                .isEqualTo("header x-ebbgate-deadline");
        assertThat(applied("x-ebbgate-deadline", "2h")).isEqualTo(Timeouts.DEFAULTS);
    }

    @Test
    void defaultAboveTheRequestHeader_isCutToIt() {
        Timeouts timeouts = applied("x-ebbgate-timeout-request", "1m");

        assertThat(timeouts.firstToken().value()).hasToString("1m");
        assertThat(timeouts.firstToken().source())
                .isEqualTo("default, cut to header x-ebbgate-timeout-request");
    }

    @ParameterizedTest
    @CsvSource({
        "x-ebbgate-timeout-firsttoken,write x-ebbgate-timeout-first-token",
        "X-Ebbgate-Timeout-Stream_Idle,write x-ebbgate-timeout-stream-idle",
        "x-ebbgate-timeouts-connect,write x-ebbgate-timeout-connect",
        "x-ebbgate-timeout,write one of x-ebbgate-timeout-connect",
        "x-ebbgate-timeout-everything,write one of x-ebbgate-timeout-connect",
    })
    void headerThatNearlyNamesALimit_isRefused(String name, String advice) {
        HeaderLimits.BadHeader bad = Objects.requireNonNull(HeaderLimits.misnamed(name));

        assertThat(bad.name()).isEqualTo(name.toLowerCase(Locale.ROOT));
        assertThat(bad.problem()).startsWith("no limit of that name; " + advice);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Ebbgate-Timeout-First-Token",
                "x-ebbgate-timeout-request",
                "x-ebbgate-deadline",
                "x-ebbgate-tag",
                "x-stainless-timeout",
                "x",
            })
    void headerOfAnotherName_isNoConcern(String name) {
        assertThat(HeaderLimits.misnamed(name)).isNull();
    }

    @Test
    void noHeader_changesNothing() {
        assertThat(applied("x-other", "1s")).isSameAs(Timeouts.DEFAULTS);
    }

    private static Timeouts applied(String name, String text) {
        HeaderLimits.Result result = apply(name, text);
        assertThat(result).isInstanceOf(HeaderLimits.Applied.class);
        return ((HeaderLimits.Applied) result).timeouts();
    }

    private static HeaderLimits.Result apply(String name, String text) {
        return HeaderLimits.apply(Map.of(name, text)::get, Timeouts.DEFAULTS, LENGTHENED);
    }

    private static Limit limit(String key) {
        for (Limit limit : Limit.values()) {
            if (limit.key().equals(key)) {
                return limit;
            }
        }
        throw new AssertionError(key);
    }
}
