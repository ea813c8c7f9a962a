package dev.ebbgate.mcp;

import dev.ebbgate.core.limit.Span;

import java.time.Duration;

/// How long a server may take for what is not the call of a tool; calls have the limits of their
/// runs.
///
/// @param start from the first contact until the server has introduced itself
/// @param question from any other question, such as for its tools, to the answer
/// @param grace each step by which it is ended: its input is closed, it is asked to end, it is
///   killed; over HTTP, from the farewell to its answer, and from the end of a stream that held no
///   answer to the failure of its call
public record McpLimits(Span start, Span question, Span grace) {

    public static final McpLimits DEFAULT =
            new McpLimits(Span.ofSeconds(30), Span.ofSeconds(30), Span.ofSeconds(2));

    public McpLimits {
        if (start.isOff() || question.isOff() || grace.isOff()) {
            throw new IllegalArgumentException("a server is not waited for without a limit");
        }
    }

    public McpLimits withStart(Duration value) {
        return new McpLimits(Span.of(value), question, grace);
    }

    public McpLimits withQuestion(Duration value) {
        return new McpLimits(start, Span.of(value), grace);
    }

    public McpLimits withGrace(Duration value) {
        return new McpLimits(start, question, Span.of(value));
    }
}
