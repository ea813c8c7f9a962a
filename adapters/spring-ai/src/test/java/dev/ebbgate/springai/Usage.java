package dev.ebbgate.springai;

import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.SettingsByTool;
import dev.ebbgate.tools.stream.StreamLimits;
import dev.ebbgate.tools.stream.StreamWatch;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import java.time.Duration;

/// What `docs/tool-adapters.md` shows.
final class Usage {

    private Usage() {}

    static ToolCallingChatOptions options(ToolRuntime runtime) {
        // <spring-ai-tools>
        SettingsByTool settings =
                SettingsByTool.of(Duration.ofSeconds(20)).with("search", Duration.ofSeconds(5));
        return ToolCallingChatOptions.builder()
                .toolCallbacks(LimitedTools.on(runtime, settings).of(new Travel()))
                .build();
        // </spring-ai-tools>
    }

    static ChatModel watched(ChatModel model) {
        // <spring-ai-stream>
        return new WatchedChatModel(model, StreamWatch.of(StreamLimits.DEFAULT));
        // </spring-ai-stream>
    }

    static void clients() {
        // <spring-ai-deadline>
        var calls = RestClient.builder().requestInterceptor(new DeadlineInterceptor());
        var streams = WebClient.builder().filter(new DeadlineFilter());
        // </spring-ai-deadline>
        calls.build();
        streams.build();
    }
}
