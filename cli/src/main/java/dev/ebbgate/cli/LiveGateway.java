package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.event.Events;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.ledger.Ledgers;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.JsonLines;
import dev.ebbgate.gateway.WholeWrites;
import dev.ebbgate.gateway.admin.AdminApi;
import dev.ebbgate.gateway.admin.Endpoint;
import dev.ebbgate.gateway.events.EventSinks;
import dev.ebbgate.gateway.events.Watch;
import dev.ebbgate.gateway.live.Steering;
import dev.ebbgate.gateway.metrics.Metrics;
import dev.ebbgate.gateway.telemetry.Collected;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A real gateway, whose ledger is a line per exchange on stdout, and which tells of events where
/// the configuration wants them.
record LiveGateway(
        Gateway gateway,
        JsonLines lines,
        Watch watch,
        EventSinks events,
        Collected collected,
        Steering steering,
        Keeping ledger,
        List<String> remarks)
        implements Running {

    /// How long the last words to clients may take; the lines about them come after.
    private static final long END_MILLIS = 500;

    /// A gateway of its own.
    ///
    /// @param ledger is told of every exchange, beside the lines
    static Running open(ConfigOption.Chosen chosen, Keeping ledger) throws CommandFailed {
        OutputStream stdout = new WholeWrites(new FileOutputStream(FileDescriptor.out));
        return open(chosen, stdout, stdout, ledger);
    }

    /// A gateway beside a command to which stdout belongs: it writes no lines, and events that are
    /// wanted on stdout go to stderr.
    ///
    /// @param ledger is told of every exchange
    static Running beside(ConfigOption.Chosen chosen, Keeping ledger) throws CommandFailed {
        OutputStream stderr = new WholeWrites(new FileOutputStream(FileDescriptor.err));
        return open(chosen, OutputStream.nullOutputStream(), stderr, ledger);
    }

    private static Running open(
            ConfigOption.Chosen chosen, OutputStream exchanges, OutputStream told, Keeping ledger)
            throws CommandFailed {
        Config config = chosen.config();
        EventSinks events = events(config, told);
        JsonLines lines = new JsonLines(exchanges);
        Watch watch = new Watch(config, events, new RecordedPast(ledger.database()));
        Collected collected = Collected.open(config.upkeep().telemetry(), Version.number());
        Metrics metrics = collected.metrics();
        events.counted(metrics);
        Ledger counted = collected.counted(config.upkeep().admin().listen() != null);
        Events all =
                event -> {
                    events.tell(event);
                    metrics.tell(event);
                };
        ledger.tell(all);
        metrics.gauge(
                "ebbgate.ledger.backlog", "Exchanges that wait to be recorded", ledger::backlog);
        Gateway gateway = null;
        try {
            gateway =
                    Gateway.start(
                            config, Ledgers.of(lines, watch, ledger, counted, collected), all);
            watch.follow(gateway::config);
            metrics.follow(gateway::config);
            collected.trace(gateway::config, all);
            Steering steering =
                    new Steering(gateway, chosen.source(), chosen.store(), chosen.layered(), all);
            List<Endpoint> endpoints =
                    AdminApi.endpoints(
                            gateway,
                            steering,
                            metrics,
                            events::subscribe,
                            new AuditEndpoint(ledger.database(), gateway::config));
            List<String> remarks = new ArrayList<>(AdminDoor.open(gateway, endpoints, all));
            remarks.addAll(Destinations.lines(config));
            steering.watch();
            return new LiveGateway(
                    gateway, lines, watch, events, collected, steering, ledger, remarks);
        } catch (IllegalStateException e) {
            if (gateway != null) {
                gateway.close();
            }
            lines.close();
            watch.close();
            collected.close();
            events.close();
            throw new CommandFailed("ebbgate: " + e.getMessage());
        }
    }

    private static EventSinks events(Config config, OutputStream stdout) throws CommandFailed {
        try {
            return EventSinks.open(config.upkeep().events(), Version.number(), stdout);
        } catch (IllegalStateException e) {
            throw new CommandFailed("ebbgate: " + e.getMessage());
        }
    }

    @Override
    public int port() {
        return gateway.port();
    }

    @Override
    public void reload() {
        steering.reload("SIGHUP");
    }

    @Override
    public CompletionStage<Void> drain() {
        return gateway.drain();
    }

    @Override
    public void hurry() {
        hurry(gateway, lines);
        watch.close();
        events.close();
    }

    /// Ends what is under way; whatever comes of that, its lines are written.
    static void hurry(Gateway gateway, JsonLines lines) {
        try {
            gateway.end().toCompletableFuture().get(END_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException _) {
            // Who does not take its end in that time goes without.
        } catch (RejectedExecutionException | IllegalStateException _) {
            // It is closed already.
        } finally {
            lines.close();
        }
    }

    @Override
    public void close() {
        steering.close();
        gateway.close();
        lines.close();
        watch.close(); // it still has something to tell
        collected.close();
        ledger.close(); // what it could not keep is told
        events.close();
    }
}
