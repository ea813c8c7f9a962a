package dev.ebbgate.core.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.overlay.OverlayKey.Section;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What follows an overlay.
class OverlayTest {

    private static final OverlayEntry IDLE = entry("stream-idle", "300s", 1);
    private static final OverlayEntry HIDDEN = entry("request", null, 2);
    private static final Overlay NOW = new Overlay(7, List.of(IDLE, HIDDEN));

    private static OverlayEntry entry(String limit, @Nullable String value, long at) {
        OverlayKey key = new OverlayKey(Section.ROUTES, "coder", "timeouts." + limit);
        return new OverlayEntry(key, value, at);
    }

    @Test
    void sameValuesInAnotherOrder_areNoChange() {
        Overlay wanted =
                Overlay.EMPTY.with(entry("request", null, 9)).with(entry("stream-idle", "300s", 9));

        assertThat(NOW.succeededBy(wanted)).isEqualTo(NOW);
    }

    @Test
    void whatIsAsItWas_keepsItsMoment() {
        OverlayEntry other = entry("request", "1h", 9);
        Overlay wanted = Overlay.EMPTY.with(entry("stream-idle", "300s", 9)).with(other);

        assertThat(NOW.succeededBy(wanted)).isEqualTo(new Overlay(8, List.of(IDLE, other)));
    }

    @Test
    void whatIsDropped_isAChange() {
        Overlay wanted = NOW.without(entry -> entry.value() == null);

        assertThat(NOW.succeededBy(wanted)).isEqualTo(new Overlay(8, List.of(IDLE)));
    }
}
