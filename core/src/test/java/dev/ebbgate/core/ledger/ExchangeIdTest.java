package dev.ebbgate.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeIdTest {

    private static final long NOW = 1_795_000_000_123L;

    @Test
    void name_tellsTheMomentOfArrival() {
        String id = ExchangeId.of(NOW, 0x1234_5678_9abc_def0L);

        assertThat(id).matches("ebb-[0-9a-hjkmnp-tv-z]{17}");
        assertThat(ExchangeId.millis(id)).isEqualTo(NOW);
    }

    @Test
    void names_sortByTime() {
        assertThat(ExchangeId.of(NOW, -1)).isLessThan(ExchangeId.of(NOW + 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ebb-1", "ebb-1j9uwwlb8hxsu0000", "abc-1j9w00000zzzzzzzz"})
    void nameOfOthers_tellsNothing(String id) {
        assertThat(ExchangeId.millis(id)).isEqualTo(-1);
    }
}
