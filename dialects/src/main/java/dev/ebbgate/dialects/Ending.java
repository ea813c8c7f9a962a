package dev.ebbgate.dialects;

import dev.ebbgate.core.config.Dialect;

/// The fixed frames of a dialect: what ends a finished stream properly, and what keeps a silent one
/// alive.
public final class Ending {

    private static final byte[] OPENAI_DONE = JsonText.bytes("data: [DONE]\n\n");
    private static final byte[] OPENAI_KEEP_ALIVE = JsonText.bytes(": keep-alive\n\n");
    private static final byte[] ANTHROPIC_DONE =
            JsonText.bytes("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    private static final byte[] ANTHROPIC_KEEP_ALIVE =
            JsonText.bytes("event: ping\ndata: {\"type\": \"ping\"}\n\n");

    private Ending() {}

    /// The formal end, for a finished answer whose provider did not send it; a fresh copy.
    public static byte[] done(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> OPENAI_DONE.clone();
            case ANTHROPIC -> ANTHROPIC_DONE.clone();
        };
    }

    /// A frame that clients pass over: a comment for OpenAI, where nothing else is safe; a real
    /// `ping` for Anthropic, since some watchdogs count events. A fresh copy.
    public static byte[] keepAlive(Dialect dialect) {
        return switch (dialect) {
            case OPENAI -> OPENAI_KEEP_ALIVE.clone();
            case ANTHROPIC -> ANTHROPIC_KEEP_ALIVE.clone();
        };
    }
}
