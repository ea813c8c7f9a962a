package dev.ebbgate.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebbgate.tools.settings.SettingsByTool;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class SettingsByToolTest {

    private static final SettingsByTool SETTINGS =
            SettingsByTool.of(Duration.ofSeconds(20)).with("search", Duration.ofSeconds(5));

    @Test
    @DisplayName("S2: a tool has settings of its own, or those of the others")
    void named_hasItsOwn_anotherThoseOfTheOthers() {
        assertThat(SETTINGS.of("search")).isEqualTo(ToolSettings.of(Duration.ofSeconds(5)));
        assertThat(SETTINGS.of("book")).isEqualTo(ToolSettings.of(Duration.ofSeconds(20)));
    }

    @Test
    void nameThatNoToolHas_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.requireNames(List.of("serch", "book")))
                .withMessage("no tool is named search; there are: book, serch");
    }
}
