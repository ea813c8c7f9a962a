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
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Where events go.
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

    @Test
    void problemsOfAConfiguration_standBelowEachOtherInTheLog() {
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger("dev.ebbgate.events");
        log.addAppender(said);
        try (EventSinks sinks =
                EventSinks.open(
                        new EventSettings(false, null, null),
                        "1",
                        OutputStream.nullOutputStream())) {
            sinks.tell(new Event.Configured(Event.How.REFUSED, "file", List.of("a: b", "c: d")));
        } finally {
            log.detachAppender(said);
        }

        assertThat(said.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .endsWith("from file:\n  a: b\n  c: d");
    }

    @Test
    void aFileThatCannotBeOpened_isRefusedAtTheStart() {
        EventSettings settings = new EventSettings(false, folder.toString(), null);

        assertThatIllegalStateException()
                .isThrownBy(() -> EventSinks.open(settings, "1", OutputStream.nullOutputStream()))
                .withMessageContaining("events.file");
    }

    @Test
    void anOutputThatTakesNothing_holdsNobodyUp() {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space left on device");
                    }
                };

        try (EventSinks sinks = EventSinks.open(new EventSettings(true, null, null), "1", broken)) {
            Samples.all().forEach(sinks::tell);
        }
    }
}
