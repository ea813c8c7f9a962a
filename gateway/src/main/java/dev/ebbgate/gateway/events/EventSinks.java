package dev.ebbgate.gateway.events;

import dev.ebbgate.core.event.Event;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.upkeep.EventSettings;
import dev.ebbgate.core.upkeep.EventSettings.Webhook;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells events to wherever the configuration wants them, and those that no exchange's line tells
/// to the log as well, in words. Thread-safe; telling never blocks.
public final class EventSinks implements Events, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.ebbgate.events");

    /// How many events wait for stdout and for the file.
    private static final int WAITING = 10_000;

    private final List<Queue> queues = new CopyOnWriteArrayList<>();
    private final OcsfWriter writer;
    private volatile Events counter = Events.NONE;
    private @Nullable FanOut subscribers;

    private EventSinks(OcsfWriter writer) {
        this.writer = writer;
    }

    /// Sinks that are open until [#close].
    ///
    /// @param version this program's
    /// @param stdout is written to with one write per event, and stays open
    /// @throws IllegalStateException with a message for the operator if the file cannot be opened
    public static EventSinks open(EventSettings settings, String version, OutputStream stdout) {
        EventSinks sinks = new EventSinks(new OcsfWriter(version, hostName()));
        // They are closed in this order: what one loses at the end is told to those behind it.
        Webhook webhook = settings.webhook();
        if (webhook != null) {
            sinks.add(WebhookOutlet.open(webhook), webhook.delivery().queue());
        }
        if (settings.stdout()) {
            sinks.add(new StreamOutlet("stdout", stdout, false), WAITING);
        }
        if (settings.file() != null) {
            sinks.add(file(settings.file()), WAITING);
        }
        return sinks;
    }

    private static StreamOutlet file(String path) {
        try {
            Path file = Path.of(path).toAbsolutePath();
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            OutputStream out =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new StreamOutlet("the file " + path, out, true);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot append to events.file " + path + ": " + e.getMessage(), e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost";
        }
    }

    private void add(Outlet outlet, int most) {
        queues.add(
                new Queue(
                        outlet, most, writer::line, EventSinks::stamped, this::count, this::tell));
    }

    /// Hands each event over from now on, as one line of JSON, whatever the configuration says.
    ///
    /// @param subscriber is called by a thread of its own, and must not block it
    /// @return ends it
    public synchronized Runnable subscribe(Consumer<byte[]> subscriber) {
        FanOut all = subscribers;
        if (all == null) {
            all = new FanOut();
            subscribers = all;
            add(all, WAITING);
        }
        return all.subscribe(subscriber);
    }

    /// Who counts what the sinks lose, from now on.
    public void counted(Events newCounter) {
        counter = newCounter;
    }

    private void count(Event.Lost lost) {
        counter.tell(lost);
    }

    private static Happened stamped(Event event) {
        return new Happened(event, System.currentTimeMillis(), UUID.randomUUID().toString());
    }

    @Override
    public void tell(Event event) {
        log(event);
        if (!queues.isEmpty()) {
            Happened happened = stamped(event);
            queues.forEach(queue -> queue.add(happened));
        }
    }

    /// The log has what is not in the line of an exchange already.
    private static void log(Event event) {
        switch (event) {
            case Event.LimitFired _, Event.FailedOver _ -> {}
            case Event.Administered act when act.act() == Event.Act.READ -> {}
            default -> {
                if (Ocsf.of(event).severity().compareTo(Ocsf.Severity.MEDIUM) >= 0) {
                    LOG.warn("{}", words(event));
                } else {
                    LOG.info("{}", words(event));
                }
            }
        }
    }

    /// Several problems of a configuration stand below each other, as `check` has them.
    private static String words(Event event) {
        return event instanceof Event.Configured(var how, String by, List<String> details)
                        && details.size() > 1
                ? new Event.Configured(how, by, List.of()).message()
                        + ":\n  "
                        + String.join("\n  ", details)
                : event.message();
    }

    /// Writes what waits, within a few seconds, and stops.
    @Override
    public void close() {
        queues.forEach(Queue::close);
    }
}
