package dev.ebbgate.dialects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Dialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OperationTest {

    @ParameterizedTest
    @CsvSource({
        "CHAT_COMPLETIONS, OPENAI, https://api.openai.com/v1, /chat/completions",
        "COMPLETIONS, OPENAI, https://api.openai.com/v1, /completions",
        "EMBEDDINGS, OPENAI, https://api.openai.com/v1, /embeddings",
        "MESSAGES, ANTHROPIC, https://api.anthropic.com, /v1/messages",
        "COUNT_TOKENS, ANTHROPIC, https://api.anthropic.com, /v1/messages/count_tokens"
    })
    void upstreamPath_completesTheSdksBaseUrl(
            Operation operation, Dialect dialect, String baseUrl, String path) {
        assertThat(operation.dialect()).isEqualTo(dialect);
        assertThat(operation.upstreamPath()).isEqualTo(path);
        assertThat(baseUrl + operation.upstreamPath()).endsWith(operation.path());
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void path_findsItsOperation(Operation operation) {
        assertThat(Operation.at(operation.path())).contains(operation);
    }

    @Test
    void otherPath_findsNone() {
        assertThat(Operation.at("/v1/responses")).isEmpty();
        assertThat(Operation.at("/v1/messages/")).isEmpty();
    }
}
