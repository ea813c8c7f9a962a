package dev.ebbgate.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.KeepAliveSettings;
import dev.ebbgate.core.config.TimeoutSettings;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.KeepAlive;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

class ResolverTest {

    /// Each level is `key=value` pairs; the last column is what `limit` comes to.
    @ParameterizedTest(name = "[{0}] [{1}] [{2}] {3} = {4} from {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,-,stream-idle,2m,default",
                "-,-,-,first-token,10m,default",
                "-,-,-,attempt,off,default",
                "stream-idle=3m,-,-,stream-idle,3m,timeouts.stream-idle",
                "stream-idle=3m,stream-idle=4m,-,stream-idle,4m,providers.vllm.timeouts.stream-idle",
                "stream-idle=3m,stream-idle=4m,stream-idle=5m,stream-idle,5m,"
                        + "routes.coder.timeouts.stream-idle",
                "stream-idle=3m,-,stream-idle=off,stream-idle,off,routes.coder.timeouts.stream-idle",
                "-,first-token=25m,stream-idle=5m,first-token,25m,"
                        + "providers.vllm.timeouts.first-token",
                "request=1h,-,stream-idle=5m,stream-idle,5m,routes.coder.timeouts.stream-idle",
                "timeout=300s,-,-,first-token,5m,timeout",
                "timeout=300s,-,-,stream-idle,5m,timeout",
                "timeout=300s,-,-,no-progress,20m,default",
                "timeout=300s,-,-,request,1h,default",
                "timeout=300s first-token=7m,-,-,first-token,7m,timeouts.first-token",
                "timeout=300s first-token=7m,-,-,stream-idle,5m,timeout",
                "first-token=7m,timeout=300s,-,first-token,5m,providers.vllm.timeout",
                "timeout=300s,-,stream-idle=6m,stream-idle,6m,routes.coder.timeouts.stream-idle",
                "timeout=300s,-,stream-idle=6m,first-token,5m,timeout",
                "-,first-token=7m,timeout=4m,first-token,4m,routes.coder.timeout",
                "request=5m,-,-,first-token,5m,'default, cut to timeouts.request'",
                "-,-,request=1m,stream-idle,1m,'default, cut to routes.coder.timeouts.request'",
                "-,-,request=1m,attempt,off,default",
                "-,-,request=3s,connect,3s,'default, cut to routes.coder.timeouts.request'",
                "request=5m first-token=7m,-,-,first-token,7m,timeouts.first-token",
                "request=off,-,-,first-token,10m,default",
            })
    @DisplayName("O1 O2 O7 O8 N3 the nearer level wins and the source tells which")
    void levels_areMerged(
            @Nullable String top,
            @Nullable String provider,
            @Nullable String route,
            String limit,
            String value,
            String source) {
        List<Level> levels =
                List.of(
                        level("", top),
                        level("providers.vllm.", provider),
                        level("routes.coder.", route));

        ResolvedLimit resolved = Resolver.timeouts(levels).get(limit(limit));

        assertThat(resolved.value()).hasToString(value);
        assertThat(resolved.source()).isEqualTo(source);
    }

    @Test
    @DisplayName("O4 an installation that sets nothing has the defaults")
    void nothingWritten_isTheDefaults() {
        assertThat(Resolver.timeouts(List.of(level("", null)))).isEqualTo(Timeouts.DEFAULTS);
        assertThat(Resolver.keepAlive(List.of(level("", null)))).isEqualTo(KeepAlive.DEFAULT);
    }

    @Test
    void keepAlive_isMergedPartByPart() {
        Span minute = Span.ofSeconds(60);
        Level top = new Level("", TimeoutSettings.NONE, KeepAliveSettings.OFF);
        Level route =
                new Level("routes.c.", TimeoutSettings.NONE, new KeepAliveSettings(null, minute));

        KeepAlive keepAlive = Resolver.keepAlive(List.of(top, route));

        assertThat(keepAlive.after().value()).isEqualTo(Span.OFF);
        assertThat(keepAlive.after().source()).isEqualTo("keep-alive.after");
        assertThat(keepAlive.every().value()).isEqualTo(minute);
        assertThat(keepAlive.every().source()).isEqualTo("routes.c.keep-alive.every");
    }

    private static Level level(String prefix, @Nullable String pairs) {
        Map<Limit, Span> written = new EnumMap<>(Limit.class);
        Span timeout = null;
        for (String pair : pairs == null ? List.<String>of() : List.of(pairs.split(" ", -1))) {
            String key = pair.substring(0, pair.indexOf('='));
            Span value = Span.parse(pair.substring(pair.indexOf('=') + 1));
            if (key.equals("timeout")) {
                timeout = value;
            } else {
                written.put(limit(key), value);
            }
        }
        return new Level(prefix, new TimeoutSettings(written, timeout), KeepAliveSettings.NONE);
    }

    private static Limit limit(String key) {
        return List.of(Limit.values()).stream()
                .filter(limit -> limit.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
