package dev.ebbgate.cli;

import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.Gateway;
import dev.ebbgate.gateway.JsonLines;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.concurrent.CompletionStage;

/// A real gateway, whose ledger is a line per exchange on stdout.
record LiveGateway(Gateway gateway, JsonLines lines) implements Running {

    static Running open(Config config) throws CommandFailed {
        JsonLines lines = new JsonLines(new FileOutputStream(FileDescriptor.out));
        try {
            return new LiveGateway(Gateway.start(config, lines), lines);
        } catch (IllegalStateException e) {
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
    public void close() {
        gateway.close();
        lines.close();
    }
}
