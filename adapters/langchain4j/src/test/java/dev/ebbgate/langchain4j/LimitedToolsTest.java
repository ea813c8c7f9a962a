package dev.ebbgate.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ebbgate.tools.ToolContext;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.model.DeadlineHeader;
import dev.ebbgate.tools.settings.SettingsByTool;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// LangChain4j's own AI services, whose tools are under limits.
@Timeout(60)
class LimitedToolsTest {

    private static final Duration SHORT = Duration.ofMillis(400);
    private static final SettingsByTool SETTINGS =
            SettingsByTool.of(Duration.ofSeconds(30)).with("search", SHORT);

    private final ToolRuntime runtime = ToolRuntime.create();
    private final LimitedTools limited = LimitedTools.on(runtime, SETTINGS);
    private final Travel travel = new Travel();

    interface Agent {
        Result<String> ask(@MemoryId String who, @UserMessage String what);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    @DisplayName("S1, S2: a method that hangs ends by its own limit; each call id has one result")
    void methodHangs_theModelIsToldOnTime_andTheOthersHaveTheirResults() throws Exception {
        ScriptedModel model =
                new ScriptedModel(
                        "1 weather {\"city\":\"Ghent\"}",
                        "2 search {\"query\":\"hotels\"}",
                        "3 cities {}");
        long start = System.nanoTime();

        String answer = agent(model).build().ask("ann", "go").content();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
        assertThat(answer).isEqualTo("done");
        assertThat(model.ids()).containsExactly("1", "2", "3");
        assertThat(model.text("1")).isEqualTo("sunny in Ghent");
        assertThat(model.text("2")).contains("did not end within its time", "limit total is 400ms");
        assertThat(model.results.get(1).isError()).isTrue();
        assertThat(model.text("3")).contains("Ghent", "ann");
        assertThat(travel.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void toolsRunConcurrently_eachCallIdHasOneResult() {
        ScriptedModel model =
                new ScriptedModel(
                        "1 search {\"query\":\"a\"}",
                        "2 weather {\"city\":\"Ghent\"}",
                        "3 search {\"query\":\"b\"}");

        agent(model).executeToolsConcurrently().build().ask("ann", "go");

        assertThat(model.ids()).containsExactly("1", "2", "3");
        assertThat(model.text("2")).isEqualTo("sunny in Ghent");
        assertThat(model.text("1")).contains("limit total is 400ms");
        assertThat(model.text("3")).contains("limit total is 400ms");
    }

    @Test
    void methodThrows_theModelIsToldAsLangChain4jDoes() {
        ScriptedModel model = new ScriptedModel("1 book {\"nights\":9}", "2 book {\"nights\":2}");

        agent(model).build().ask("ann", "go");

        assertThat(model.text("1")).isEqualTo("at most 7 nights");
        assertThat(model.text("2")).isEqualTo("Success");
    }

    @Test
    void methodThrows_theServicesHandlerGetsItsException() {
        List<Throwable> errors = new ArrayList<>();
        ScriptedModel model =
                new ScriptedModel("1 book {\"nights\":9}", "2 book {\"nights\":\"x\"}");

        agent(model)
                .toolExecutionErrorHandler((error, _) -> {
                    errors.add(error);
                    return ToolErrorHandlerResult.text("handled");
                })
                .toolArgumentsErrorHandler((_, _) -> ToolErrorHandlerResult.text("bad arguments"))
                .build()
                .ask("ann", "go");

        assertThat(errors).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat(model.text("1")).isEqualTo("handled");
        assertThat(model.text("2")).isEqualTo("bad arguments");
    }

    @Test
    void toolReturnsImmediately_itStillDoes() {
        Result<String> result =
                agent(new ScriptedModel("1 ticket {}")).build().ask("ann", "a ticket");

        assertThat(result.content()).isNull();
        assertThat(result.toolExecutions())
                .singleElement()
                .satisfies(execution -> assertThat(execution.result()).isEqualTo("ticket 7"));
    }

    @Test
    void limitForAMethodThatIsNotThere_isRefused() {
        LimitedTools misspelt = LimitedTools.on(runtime, SETTINGS.with("serch", SHORT));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> misspelt.of(travel))
                .withMessage(
                        "no tool is named serch; there are: book, cities, search, ticket, weather");
    }

    @Test
    void callerIsInterrupted_theMethodEnds() throws Exception {
        ToolExecutor search = executor("search", LimitedTools.on(runtime, SettingsByTool.DEFAULT));
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(ToolExecutionException.class)
                .isThrownBy(() -> search.execute(request("search", "{\"query\":\"a\"}"), "ann"))
                .withCauseInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(runtime.drain(Duration.ofSeconds(20))).isEmpty();
    }

    @Test
    @DisplayName("S5: a tool within a tool has what is left of the time")
    void toolCallsAnAgent_itsToolsHaveLessTime() {
        List<Duration> left = new ArrayList<>();
        ScriptedModel model = new ScriptedModel("o delegate {}");
        SettingsByTool settings = SettingsByTool.of(Duration.ofSeconds(9));

        agent(model, LimitedTools.on(runtime, settings).of(new Delegating(left, runtime)))
                .build()
                .ask("ann", "go");

        assertThat(model.text("o")).isEqualTo("done");
        assertThat(left).hasSize(2);
        assertThat(left.get(1)).isLessThanOrEqualTo(left.get(0).minusMillis(50));
    }

    /// A tool that leaves its work to an agent.
    record Delegating(List<Duration> left, ToolRuntime runtime) {
        @Tool
        String delegate() {
            left.add(ToolContext.current().orElseThrow().remaining());
            var tools = LimitedTools.on(runtime, SettingsByTool.DEFAULT).of(new Looking(left));
            ScriptedModel model = new ScriptedModel("i look {}");
            return agent(model, tools).build().ask("ann", "look").content();
        }
    }

    /// The other agent's tool.
    record Looking(List<Duration> left) {
        @Tool
        String look() {
            left.add(ToolContext.current().orElseThrow().remaining());
            return "seen";
        }
    }

    @Test
    void modelIsAskedWithinAMethod_theGatewayIsToldTheTimeThatIsLeft() throws Exception {
        try (Provider provider =
                Provider.sayingAll(Provider.HEAD, Provider.token("x"), Provider.END)) {
            StreamingChatModel asked =
                    OpenAiStreamingChatModel.builder()
                            .httpClientBuilder(JdkHttpClient.builder())
                            .baseUrl(provider.url())
                            .apiKey("key")
                            .modelName("test-model")
                            .customHeaders(DeadlineHeader::headers)
                            .build();
            ScriptedModel model = new ScriptedModel("1 ask {}");
            SettingsByTool settings = SettingsByTool.of(Duration.ofSeconds(30));

            agent(model, LimitedTools.on(runtime, settings).of(new Asking(asked)))
                    .build()
                    .ask("ann", "go");

            assertThat(model.text("1")).isEqualTo("x");
            assertThat(provider.asked()).containsPattern("\nx-ebbgate-deadline: [12]\\d{4}ms\r");
        }
    }

    /// A tool that asks another model.
    record Asking(StreamingChatModel model) {
        @Tool
        String ask() throws Exception {
            Reader reader = new Reader();
            model.chat("question", reader);
            return reader.whole().aiMessage().text();
        }
    }

    private AiServices<Agent> agent(ScriptedModel model) {
        return agent(model, limited.of(travel));
    }

    private static AiServices<Agent> agent(ScriptedModel model, List<AiServiceTool> tools) {
        return AiServices.builder(Agent.class)
                .chatModel(model)
                .chatMemoryProvider(_ -> MessageWindowChatMemory.withMaxMessages(20))
                .tools(tools);
    }

    private ToolExecutor executor(String name, LimitedTools tools) {
        return tools.of(travel).stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow()
                .toolExecutor();
    }

    private static ToolExecutionRequest request(String name, String arguments) {
        return ToolExecutionRequest.builder().id("1").name(name).arguments(arguments).build();
    }
}
