package dev.ebbgate.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.limit.Timeouts;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.HashMap;
import java.util.Map;

class ClientPatienceTest {

    private static final KeepAlive OFF =
            new KeepAlive(Sourced.byDefault(Span.OFF), Sourced.byDefault(Span.OFF));

    @ParameterizedTest(name = "{0} timeout={1} read={2} streamed={3}: {4} {5}")
    @CsvSource(
            nullValues = "-",
            value = {
                // lang, timeout, read-timeout, streamed, request, after/every
                "python,-,600,true,1h,15s/15s",
                "python,600,10,true,1h,9s500ms/9s500ms",
                "python,10,-,true,1h,9s500ms/9s500ms",
                "python,-,10,false,9s500ms,15s/15s",
                "js,10,-,true,1h,9s500ms/15s",
                "js,42,-,false,41s500ms,15s/15s",
                "java,600,600,true,9m59s500ms,15s/15s",
                "java,600,30,true,9m59s500ms,15s/15s",
                "java,600,30,false,29s500ms,15s/15s",
                "ruby,10,-,true,1h,9s500ms/9s500ms",
                "-,10,-,true,1h,9s500ms/9s500ms",
                "-,7200,-,false,1h,15s/15s",
                "js,2.5,-,false,2s,15s/15s",
                "js,0.5,-,false,250ms,15s/15s",
                "js,0.001,-,false,1h,15s/15s",
                "js,0,-,false,1h,15s/15s",
                "js,-1,-,false,1h,15s/15s",
                "js,NaN,-,false,1h,15s/15s",
                "js,not_given,-,false,1h,15s/15s",
                "js,1e9,-,false,1h,15s/15s",
                "js,99999999999,-,false,1h,15s/15s",
                "Python,-,10,true,1h,9s500ms/9s500ms",
            })
    void headersOfAnSdk_sayWhatTheyMeanInItsLanguage(
            @Nullable String lang,
            @Nullable String timeout,
            @Nullable String readTimeout,
            boolean streamed,
            String request,
            String keepAlive) {
        ClientPatience patience = patience(lang, timeout, readTimeout);

        var adjusted = patience.adjust(Timeouts.DEFAULTS, KeepAlive.DEFAULT, streamed);

        assertThat(adjusted.timeouts().request().value()).hasToString(request);
        assertThat(written(adjusted.keepAlive())).isEqualTo(keepAlive);
    }

    @Test
    void flowingStream_isNeverEndedByTheDefaultsOfPythonAndJs() {
        for (String lang : new String[] {"python", "js"}) {
            var adjusted =
                    patience(lang, "600", "600").adjust(Timeouts.DEFAULTS, KeepAlive.DEFAULT, true);

            assertThat(adjusted.timeouts()).isEqualTo(Timeouts.DEFAULTS);
        }
    }

    @Test
    void keepAliveThatIsOff_staysOff() {
        var adjusted = patience("python", "10", "10").adjust(Timeouts.DEFAULTS, OFF, true);

        assertThat(adjusted.keepAlive()).isEqualTo(OFF);
    }

    @Test
    void shortenedValue_namesItsHeader() {
        var adjusted =
                patience("python", null, "10").adjust(Timeouts.DEFAULTS, KeepAlive.DEFAULT, false);

        assertThat(adjusted.timeouts().request().source())
                .isEqualTo("header x-stainless-read-timeout");
    }

    private static String written(KeepAlive keepAlive) {
        return keepAlive.after().value() + "/" + keepAlive.every().value();
    }

    private static ClientPatience patience(
            @Nullable String lang, @Nullable String timeout, @Nullable String readTimeout) {
        Map<String, String> headers = new HashMap<>();
        put(headers, "x-stainless-lang", lang);
        put(headers, "x-stainless-timeout", timeout);
        put(headers, "x-stainless-read-timeout", readTimeout);
        return ClientPatience.of(headers::get);
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }
}
