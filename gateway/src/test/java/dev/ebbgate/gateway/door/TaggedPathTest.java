package dev.ebbgate.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Tags that are part of the path.
class TaggedPathTest {

    @ParameterizedTest
    @CsvSource({
        "/tag/nightly/v1/messages, nightly, /v1/messages",
        "/tag/a.b_c-9/v1/chat/completions, a.b_c-9, /v1/chat/completions",
        "/tag/x/, x, /",
        "/tag/x/tag/y/v1/models, x, /tag/y/v1/models"
    })
    void aTag_isTakenOffThePath(String written, String tag, String path) {
        assertThat(TaggedPath.of(written)).isEqualTo(new TaggedPath(tag, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/messages",
                "/tag",
                "/tag/",
                "/tag/x",
                "/tag//v1/messages",
                "/tag/a%20b/v1/messages",
                "/tags/x/v1/messages"
            })
    void whatIsNoTag_staysInThePath(String written) {
        assertThat(TaggedPath.of(written)).isEqualTo(new TaggedPath(null, written));
    }

    @Test
    void aTagThatIsTooLong_isNone() {
        assertThat(TaggedPath.of("/tag/" + "x".repeat(65) + "/v1/models").tag()).isNull();
        assertThat(TaggedPath.of("/tag/" + "x".repeat(64) + "/v1/models").tag()).hasSize(64);
    }
}
