package dev.ebbgate.langchain4j;

import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.DeadlineHeader;
import dev.ebbgate.tools.settings.SettingsByTool;
import dev.ebbgate.tools.stream.StreamLimits;
import dev.ebbgate.tools.stream.StreamWatch;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;

import java.net.http.HttpClient;
import java.time.Duration;

/// What `docs/tool-adapters.md` shows.
final class Usage {

    private Usage() {}

    static <T> T agent(Class<T> type, ChatModel model, ToolRuntime runtime) {
        // <langchain4j-tools>
        SettingsByTool settings =
                SettingsByTool.of(Duration.ofSeconds(20)).with("search", Duration.ofSeconds(5));
        return AiServices.builder(type)
                .chatModel(model)
                .tools(LimitedTools.on(runtime, settings).of(new Travel()))
                .build();
        // </langchain4j-tools>
    }

    static StreamingChatModel model(String gateway, String key) {
        // <langchain4j-stream>
        var clients = ClosableHttpClient.builder(HttpClient.newBuilder());
        StreamingChatModel model =
                OpenAiStreamingChatModel.builder()
                        .baseUrl(gateway)
                        .apiKey(key)
                        .modelName("acme/large")
                        .httpClientBuilder(JdkHttpClient.builder().httpClientBuilder(clients))
                        .customHeaders(DeadlineHeader::headers)
                        .build();
        return new WatchedStreamingChatModel(model, StreamWatch.of(StreamLimits.DEFAULT));
        // </langchain4j-stream>
    }
}
