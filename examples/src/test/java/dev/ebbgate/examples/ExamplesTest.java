package dev.ebbgate.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;

import dev.ebbgate.core.tool.Effects;
import dev.ebbgate.tools.Outcome;
import dev.ebbgate.tools.Tool;
import dev.ebbgate.tools.ToolCall;
import dev.ebbgate.tools.ToolOptions;
import dev.ebbgate.tools.ToolRuntime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// The recipes do what they are shown for: what hangs is really stopped.
@Timeout(60)
class ExamplesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TOTAL = Duration.ofMillis(500);

    @Test
    void quickStart_answersTheModel() throws Exception {
        assertThat(QuickStart.answer("ebb"))
                .isEqualTo("{\"role\":\"tool\",\"tool_call_id\":\"call_1\",\"content\":\"EBB\"}");
    }

    @Test
    void endlessQuery_isStoppedInTheDatabase() throws Exception {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite::memory:");
        String endless =
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                        + " SELECT COUNT(*) FROM n";

        assertStopped(JdbcRecipe.counting(database, TOTAL), endless, 0);
    }

    @Test
    void query_isAnswered() throws Exception {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite::memory:");
        try (ToolRuntime runtime = ToolRuntime.create()) {
            Outcome<Long> outcome =
                    runtime.start(
                                    JdbcRecipe.counting(database, SOON),
                                    "SELECT 42",
                                    ToolOptions.DEFAULT)
                            .await();

            assertThat(outcome.orThrow()).isEqualTo(42);
        }
    }

    @Test
    void serverThatFallsSilent_isLeft_andItsLinesAreKept() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write("one\n".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    await(release);
                });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertStopped(HttpRecipe.fetching(client, Duration.ofSeconds(3)), uri, 1);
            client.shutdownNow();
        } finally {
            release.countDown();
            server.stop(0);
        }
    }

    @Test
    void commandThatHangs_endsWithItsChildren() throws Exception {
        assertStopped(
                ProcessRecipe.running(Duration.ofSeconds(2)),
                List.of("sh", "-c", "echo begun; sleep 300; echo never"),
                1);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static <A> void assertStopped(Tool<A, ?> tool, A args, int partials)
            throws InterruptedException {
        try (ToolRuntime runtime = ToolRuntime.create()) {
            ToolCall<?> call = runtime.start(tool, args, ToolOptions.DEFAULT);

            Outcome<?> outcome = call.await();

            assertThat(outcome).isInstanceOf(Outcome.TimedOut.class);
            assertThat(outcome.partials()).hasSize(partials);
            assertThat(call.awaitTerminated(SOON)).isTrue();
            assertThat(call.effects()).isEqualTo(Effects.STOPPED);
        }
    }
}
