package dev.ebbgate.mcp;

/// A tool says that it failed. The message is its own words, which are meant for the model; they
/// may repeat what it was asked, so keep them out of logs.
public final class McpToolException extends Exception {

    private static final long serialVersionUID = 1;

    McpToolException(String words) {
        super(words);
    }
}
