package dev.ebbgate.gateway;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.dialects.Ending;

import java.nio.charset.StandardCharsets;

/// How a client of one dialect speaks to the gateway in these tests.
enum Speech {
    OPENAI("/v1/chat/completions", "openai", Dialect.OPENAI, "data: [DONE]"),
    ANTHROPIC("/v1/messages", "claude", Dialect.ANTHROPIC, "event: message_stop");

    private final String path;
    private final String provider;
    private final Dialect dialect;
    private final String terminal;

    Speech(String path, String provider, Dialect dialect, String terminal) {
        this.path = path;
        this.provider = provider;
        this.dialect = dialect;
        this.terminal = terminal;
    }

    String path() {
        return path;
    }

    /// The provider whose streams get no keep-alives.
    String provider() {
        return provider;
    }

    /// The provider whose streams get a keep-alive every 100 ms.
    String keptProvider() {
        return provider + "-kept";
    }

    /// How the event begins that only a finished stream may have.
    String terminal() {
        return terminal;
    }

    String keepAlive() {
        return new String(Ending.keepAlive(dialect), StandardCharsets.US_ASCII);
    }

    /// A streamed request to the provider without keep-alives.
    Ask stream(String script) {
        return new Ask(this, provider + "/sim:" + script, true, "");
    }

    /// A buffered request to the provider without keep-alives.
    Ask whole(String script) {
        return new Ask(this, provider + "/sim:" + script, false, "");
    }
}
