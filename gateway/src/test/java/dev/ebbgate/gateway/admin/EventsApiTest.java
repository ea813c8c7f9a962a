package dev.ebbgate.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Event.Act;
import dev.ebbgate.core.event.Event.Administered;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Events as they happen, and what operators do among them.
class EventsApiTest {

    private static final int PATIENCE_MILLIS = 30_000;

    @TempDir private Path folder = Path.of("");
    private AdminSite site;

    @BeforeEach
    void open() {
        site = new AdminSite(folder, "writes: on");
    }

    @AfterEach
    void close() {
        site.close();
    }

    /// Somebody who asked for the events.
    private final class Listener implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Listener() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
            socket.setSoTimeout(PATIENCE_MILLIS);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            String head = "GET /events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(UTF_8));
        }

        /// The first line from here on that begins so.
        String next(String start) throws IOException {
            while (true) {
                String line = lines.readLine();
                assertThat(line).as("it has ended").isNotNull();
                if (line.startsWith(start)) {
                    return line;
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void await(int subscribers, AdminSite site) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (site.followers().size() != subscribers) {
            assertThat(System.nanoTime() - end).as("never").isNegative();
            Thread.sleep(10);
        }
    }

    @Test
    void whoFollows_getsEachEventAsItHappens_untilHeLeaves() throws Exception {
        try (Listener listener = new Listener()) {
            assertThat(listener.next("HTTP/1.1")).contains("200");
            assertThat(listener.next("content-type")).contains("text/event-stream");
            await(1, site);

            site.followers().getFirst().accept("{\"one\": 1}\n".getBytes(UTF_8));

            assertThat(listener.next("data: ")).isEqualTo("data: {\"one\": 1}");
        }
        await(0, site);
    }

    @Test
    void whoReadsTooSlowly_isDroppedWithANotice_andHoldsUpNobody() throws Exception {
        byte[] line = ("{\"x\": \"" + "x".repeat(64 * 1024) + "\"}\n").getBytes(UTF_8);
        try (Listener slow = new Listener()) {
            await(1, site);
            var first = site.followers().getFirst();
            try (Listener other = new Listener()) {
                slow.next("HTTP/1.1");
                other.next("HTTP/1.1");
                await(2, site);

                for (int i = 0; i < 3 * Follower.MOST_WAITING; i++) {
                    first.accept(line);
                }
                await(1, site);
                site.followers().getFirst().accept("{}\n".getBytes(UTF_8));

                assertThat(List.of(slow.next("event: dropped"), slow.next("data: ")))
                        .element(1)
                        .asString()
                        .contains("you read too slowly");
                assertThat(other.next("data: ")).isEqualTo("data: {}");
            }
        }
    }

    @Test
    void tooManyFollowers_areRefused_alsoWhereAllAskAtOnce() throws Exception {
        List<Listener> all = new ArrayList<>();
        for (int i = 0; i < EventsApi.MOST_SUBSCRIBERS + 8; i++) {
            all.add(new Listener());
        }

        List<String> told = new ArrayList<>();
        for (Listener each : all) {
            told.add(each.next("HTTP/1.1"));
        }

        assertThat(told).filteredOn(line -> line.contains(" 503 ")).hasSize(8);
        assertThat(site.followers()).hasSize(EventsApi.MOST_SUBSCRIBERS);
        for (Listener each : all) {
            each.close();
        }
        await(0, site);
    }

    @Test
    void whatOperatorsDo_isTold_whatTheySee_isNot() {
        site.get("/routes");
        site.ask("PATCH", "/routes/coder", "{\"timeouts\": {\"stream-idle\": \"300s\"}}");
        site.ask("PATCH", "/routes/coder", "{\"timeouts\": {\"stream-idle\": \"1s\"}}");
        site.ask("DELETE", "/in-flight/ebb-nobody", "");

        List<Event> told =
                site.events().stream().filter(event -> event instanceof Administered).toList();

        assertThat(told)
                .containsExactly(
                        new Administered(Act.UPDATE, "routes/coder", "127.0.0.1", null),
                        new Administered(Act.UPDATE, "routes/coder", "127.0.0.1", "status 422"),
                        new Administered(
                                Act.DELETE, "in-flight/ebb-nobody", "127.0.0.1", "status 404"));
    }
}
