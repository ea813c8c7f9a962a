package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.tool.ToolLimit;
import dev.ebbgate.core.tool.ToolLimits;
import dev.ebbgate.tools.model.DeadlineHeader;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What a body tells the gateway of its time.
class DeadlineHeaderTest {

    @Test
    void bodyHasTimeLeft_theHeaderSaysHowMuch() {
        Map<String, String> headers = within(limited(), Duration.ofMillis(2_500));

        assertThat(headers).containsExactly(Map.entry("x-ebbgate-deadline", "7500ms"));
    }

    @Test
    void partsOfAMillisecond_areNotPromised() {
        assertThat(within(limited(), Duration.ofNanos(1)))
                .containsEntry("x-ebbgate-deadline", "9999ms");
    }

    /// The gateway refuses a deadline of 0.
    @Test
    void noTimeIsLeft_itIsTheLeastThatCanBeSaid() {
        assertThat(within(limited(), Duration.ofSeconds(11)))
                .containsEntry("x-ebbgate-deadline", "1ms");
    }

    @Test
    void whatIsSaid_theGatewayCanRead() {
        var said = within(limited(), Duration.ofSeconds(1)).values();

        assertThat(said).extracting(Span::parse).containsExactly(Span.ofSeconds(9));
    }

    @Test
    void nothingLimitsTheBody_nothingIsSaid() {
        ToolLimits unlimited = ToolLimits.DEFAULT.with(ToolLimit.TOTAL, Span.OFF);

        assertThat(within(ToolSettings.of(unlimited), Duration.ZERO)).isEmpty();
    }

    @Test
    void outsideOfABody_nothingIsSaid() {
        assertThat(DeadlineHeader.headers()).isEmpty();
    }

    private static ToolSettings limited() {
        return ToolSettings.of(Duration.ofSeconds(10));
    }

    /// The headers of a body that has gone on for so long.
    private static Map<String, String> within(ToolSettings settings, Duration passed) {
        Map<String, String> headers = new HashMap<>();
        Tool<String, String> tool =
                Tool.of(
                        "asking",
                        settings,
                        (_, _) -> {
                            World.ignore(passed);
                            headers.putAll(DeadlineHeader.headers());
                            return "";
                        });
        World.play(runtime -> {
            boolean _ =
                    runtime.start(tool, "", ToolOptions.DEFAULT)
                            .awaitTerminated(Duration.ofMinutes(1));
        });
        return headers;
    }
}
