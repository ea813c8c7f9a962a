package dev.ebbgate.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.upkeep.EventSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Where events go.
@Isolated // it reads a log that other classes write to
class EventSinksTest {

    @TempDir private Path folder = Path.of("");

    @Test
    void onStdout_eachIsALine() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (EventSinks sinks = EventSinks.open(new EventSettings(true, null, null), "1", out)) {
            Samples.all().forEach(sinks::tell);
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize((int) Samples.all().count());
    }

    @Test
    void whoSubscribes_getsEachAsALine_untilItEnds() {
        List<String> got = new CopyOnWriteArrayList<>();

        try (EventSinks sinks =
                EventSinks.open(
                        new EventSettings(false, null, null),
                        "1",
                        OutputStream.nullOutputStream())) {
            sinks.tell(Samples.TRUNCATED); // before anyone listens
            sinks.subscribe(line -> got.add(new String(line, StandardCharsets.UTF_8)));
            Runnable end = sinks.subscribe(_ -> got.add("never"));
            end.run();
            sinks.tell(Samples.TRUNCATED);
        }

        assertThat(got).singleElement().asString().contains("stream-truncated").endsWith("}\n");
    }

    @Test
    void aFile_isAppendedToAndItsFolderMade() throws IOException {
        Path file = folder.resolve("log/events.jsonl");
        EventSettings settings = new EventSettings(false, file.toString(), null);

        for (int run = 0; run < 2; run++) {
            try (EventSinks sinks =
                    EventSinks.open(settings, "1", OutputStream.nullOutputStream())) {
                sinks.tell(Samples.TRUNCATED);
            }
        }

        assertThat(Files.readAllLines(file)).hasSize(2);
    }

    /// What is logged while something is done.
    private static List<String> logged(Runnable task) {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger("dev.ebbgate.events");
        log.addAppender(said);
        try {
            task.run();
        } finally {
            log.detachAppender(said);
        }
        return said.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void problemsOfAConfiguration_standBelowEachOtherInTheLog() {
        List<String> said =
                logged(() -> {
                    try (EventSinks sinks =
                            EventSinks.open(
                                    new EventSettings(false, null, null),
                                    "1",
                                    OutputStream.nullOutputStream())) {
                        sinks.tell(
                                new Event.Configured(
                                        Event.How.REFUSED, "file", List.of("a: b", "c: d")));
                    }
                });

        assertThat(said).singleElement().asString().endsWith("from file:\n  a: b\n  c: d");
    }

    @Test
    void aFileThatCannotBeOpened_isRefusedAtTheStart() {
        EventSettings settings = new EventSettings(false, folder.toString(), null);

        assertThatIllegalStateException()
                .isThrownBy(() -> EventSinks.open(settings, "1", OutputStream.nullOutputStream()))
                .withMessageContaining("events.file");
    }

    /// An output on a full disk.
    private static OutputStream broken() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("no space left on device");
            }
        };
    }

    @Test
    void anOutputThatTakesNothing_holdsNobodyUp() {
        try (EventSinks sinks =
                EventSinks.open(new EventSettings(true, null, null), "1", broken())) {
            Samples.all().forEach(sinks::tell);
        }
    }

    @Test
    void whatOneLoses_othersAreToldOnceAMinuteWithTheSum_andItIsLoggedAsOften() throws IOException {
        Path file = folder.resolve("events.jsonl");
        EventSettings settings = new EventSettings(true, file.toString(), null);

        List<String> said =
                logged(() -> {
                    try (EventSinks sinks = EventSinks.open(settings, "1", broken())) {
                        for (int i = 0; i < 100; i++) {
                            sinks.tell(Samples.TRUNCATED);
                        }
                    }
                });

        List<Long> told =
                Files.readAllLines(file).stream()
                        .filter(line -> line.contains("\"event_code\":\"lost\""))
                        .map(line -> line.replaceAll(".*\"count\":(\\d+).*", "$1"))
                        .map(Long::valueOf)
                        .toList();
        assertThat(told).as("the first at once, the rest at the end").containsExactly(1L, 99L);
        assertThat(said)
                .containsExactly(
                        "1 events for stdout were dropped: no space left on device",
                        "99 events for stdout were dropped: no space left on device");
    }

    @Test
    void outletsThatTakeNothing_doNotTellOfEachOtherWithoutEnd() {
        List<Event> told = new CopyOnWriteArrayList<>();
        List<Queue> queues = new CopyOnWriteArrayList<>();
        Consumer<Event> others =
                event -> {
                    told.add(event);
                    queues.forEach(queue -> queue.add(new Happened(event, 0, "x")));
                };
        for (String name : List.of("a", "b")) {
            Outlet outlet = new StreamOutlet(name, broken(), false);
            queues.add(
                    new Queue(
                            outlet,
                            100,
                            _ -> new byte[1],
                            event -> new Happened(event, 0, "y"),
                            _ -> {},
                            others));
        }

        queues.forEach(queue -> queue.add(new Happened(Samples.TRUNCATED, 0, "z")));
        queues.forEach(Queue::close);

        assertThat(told).as("each at once, and the rest at the end").hasSizeBetween(2, 4);
    }
}
