package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.JsonLines;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A real gateway, whose ledger is a line per exchange on stdout.
record LiveGateway(Gateway gateway, JsonLines lines, List<String> remarks) implements Running {

    /// How long the last words to clients may take; the lines about them come after.
    private static final long END_MILLIS = 500;

    static Running open(Config config) throws CommandFailed {
        JsonLines lines = new JsonLines(new FileOutputStream(FileDescriptor.out));
        Gateway gateway = null;
        try {
            gateway = Gateway.start(config, lines);
            return new LiveGateway(gateway, lines, AdminDoor.open(gateway));
        } catch (IllegalStateException e) {
            if (gateway != null) {
                gateway.close();
            }
            lines.close();
            throw new CommandFailed("ebbgate: " + e.getMessage());
        }
    }

    @Override
    public int port() {
        return gateway.port();
    }

    @Override
    public CompletionStage<Void> drain() {
        return gateway.drain();
    }

    @Override
    public void hurry() {
        hurry(gateway, lines);
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
        gateway.close();
        lines.close();
    }
}
