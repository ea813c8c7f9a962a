package dev.ebbgate.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.ledger.Entry;
import dev.ebbgate.gateway.config.ConfigLoader;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What is told after a restart of what was before it.
class WatchTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Config CONFIG =
            config(
                    """
                    providers: {p: {dialect: openai, base-url: "http://127.0.0.1:9/v1"}}
                    routes: {coder: {targets: [p/m], consumer-cancels-after: 10s}}
                    """);

    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();

    @Test
    void hourBeforeTheStart_countsForTheCliff() throws Exception {
        Past past =
                (since, until, listener) -> {
                    assertThat(until - since).isEqualTo(3_600_000);
                    listener.call("coder", 9 * SECOND, null, until - 60_000);
                    listener.call("coder", 9 * SECOND, null, until - 60_000);
                };

        try (Watch _ = new Watch(CONFIG, told::add, past)) {
            Event event = told.poll(10, TimeUnit.SECONDS);

            assertThat(event).isInstanceOf(Event.CliffNear.class);
        }
        assertThat(told).as("and nothing else of that hour").isEmpty();
    }

    @Test
    void pastThatCannotBeRead_isNoObstacle() throws Exception {
        Past past =
                (_, _, _) -> {
                    throw new IllegalStateException("unreadable");
                };
        Watch watch = new Watch(CONFIG, told::add, past);

        watch.record(slow());
        watch.record(slow());

        assertThat(told.poll(10, TimeUnit.SECONDS)).isInstanceOf(Event.CliffNear.class);
        watch.close();
    }

    private static Entry slow() {
        return new Entry(
                "ebb-1",
                System.currentTimeMillis() - 9_000,
                new Entry.Asked(
                        "/v1/chat/completions", Dialect.OPENAI, "coder", "coder", true, false, 10),
                List.of(),
                new Outcome.Completed(false),
                new Entry.Told(200, false, false, 100, 10, 0),
                new Entry.Client(null, null, null),
                9 * SECOND);
    }

    private static Config config(String yaml) {
        return switch (ConfigLoader.parse("test.yaml", yaml, Map.of())) {
            case ConfigLoader.Loaded(Config config, _) -> config;
            case ConfigLoader.Refused(var problems) -> throw new AssertionError(problems);
        };
    }
}
