package dev.ebbgate.springai;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;
import dev.ebbgate.tools.settings.ToolSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import reactor.core.publisher.Flux;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/// A server on loopback answers with the deadline that it was told.
@Timeout(60)
class DeadlineTest {

    private final ToolRuntime runtime = ToolRuntime.create();
    private HttpServer server;
    private String url;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String told = exchange.getRequestHeaders().getFirst("x-ebbgate-deadline");
                    byte[] answer = String.valueOf(told).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void close() {
        server.stop(0);
        runtime.close();
    }

    @Test
    void calledWithinATool_itSaysTheTimeThatIsLeft() throws Exception {
        assertThat(withinATool(this::called)).matches("[12]\\d{4}ms");
    }

    @Test
    void streamedWithinATool_itSaysTheTimeThatIsLeft() throws Exception {
        assertThat(withinATool(this::streamed)).matches("[12]\\d{4}ms");
    }

    @Test
    void outsideOfATool_nothingIsSaid() {
        assertThat(called()).isEqualTo("null");
        assertThat(streamed()).isEqualTo("null");
    }

    private String called() {
        RestClient client =
                RestClient.builder()
                        .requestFactory(new JdkClientHttpRequestFactory())
                        .requestInterceptor(new DeadlineInterceptor())
                        .build();
        return String.valueOf(client.get().uri(url).retrieve().body(String.class));
    }

    private String streamed() {
        WebClient client =
                WebClient.builder()
                        .clientConnector(new JdkClientHttpConnector())
                        .filter(new DeadlineFilter())
                        .build();
        Flux<String> answer = client.get().uri(url).retrieve().bodyToFlux(String.class);
        return String.valueOf(answer.blockLast());
    }

    private String withinATool(Callable<String> call) throws Exception {
        Tool<String, String> asking =
                Tool.of("asking", ToolSettings.of(Duration.ofSeconds(30)), (_, _) -> call.call());
        return runtime.settle(asking, "", ToolOptions.DEFAULT).await().orThrow();
    }
}
