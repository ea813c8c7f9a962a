package dev.ebbgate.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a tool answered, as text for a model: its texts, each on lines of its own. Where there is
/// none, its structured content as JSON. What is no text is named by its kind.
final class ResultText {

    private final McpJsonMapper json;

    ResultText(McpJsonMapper json) {
        this.json = json;
    }

    /// @throws McpToolException if the tool says that it failed
    String of(CallToolResult result) throws McpToolException, IOException {
        String text =
                Stream.ofNullable(result.content())
                        .flatMap(List::stream)
                        .map(ResultText::one)
                        .collect(Collectors.joining("\n"));
        if (text.isEmpty() && result.structuredContent() != null) {
            text = json.writeValueAsString(result.structuredContent());
        }
        if (Boolean.TRUE.equals(result.isError())) {
            throw new McpToolException(text);
        }
        return text;
    }

    private static String one(Content content) {
        return switch (content) {
            case TextContent it -> it.text();
            case ResourceLink it -> it.uri();
            case EmbeddedResource it when it.resource() instanceof TextResourceContents text ->
                    text.text();
            default -> "[" + content.type() + "]";
        };
    }
}
