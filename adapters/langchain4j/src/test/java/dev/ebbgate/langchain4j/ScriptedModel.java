package dev.ebbgate.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

import java.util.ArrayList;
import java.util.List;

/// A model that calls tools once, and notes what it is told of them.
final class ScriptedModel implements ChatModel {

    final List<ToolExecutionResultMessage> results = new ArrayList<>();
    private final List<ToolExecutionRequest> requests;
    private int turns;

    /// @param calls each `id name arguments`
    ScriptedModel(String... calls) {
        requests = new ArrayList<>();
        for (String call : calls) {
            String[] parts = call.split(" ", 3);
            requests.add(
                    ToolExecutionRequest.builder()
                            .id(parts[0])
                            .name(parts[1])
                            .arguments(parts[2])
                            .build());
        }
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        turns++;
        if (turns == 1) {
            return answer(AiMessage.from(requests));
        }
        request.messages().stream()
                .filter(ToolExecutionResultMessage.class::isInstance)
                .map(ToolExecutionResultMessage.class::cast)
                .forEach(results::add);
        return answer(AiMessage.from("done"));
    }

    private static ChatResponse answer(AiMessage message) {
        return ChatResponse.builder().aiMessage(message).build();
    }

    List<String> ids() {
        return results.stream().map(ToolExecutionResultMessage::id).toList();
    }

    String text(String id) {
        return results.stream()
                .filter(result -> result.id().equals(id))
                .map(ToolExecutionResultMessage::text)
                .findFirst()
                .orElseThrow();
    }
}
