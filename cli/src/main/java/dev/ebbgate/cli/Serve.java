package dev.ebbgate.cli;

import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.ledger.store.Database;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `ebbgate serve`: the gateway, until a signal drains it.
///
/// What it says goes to stderr: stdout carries one JSON line per exchange and nothing else.
@Command(
        name = "serve",
        description = {
            "Starts the gateway.",
            "stdout carries one JSON line per exchange, stderr all else. SIGTERM and SIGINT drain:"
                    + " no new work, streams finish; a second one ends now. SIGHUP reads the"
                    + " configuration again."
        })
final class Serve implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final ConfigOption option = new ConfigOption();

    Serve(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        ConfigOption.Chosen chosen = option.load(world);
        chosen.remarks().forEach(err::println);
        Database database = LedgerPlace.of(chosen, world);
        try (Keeping ledger = Keeping.of(database, chosen.config(), Ledger.NONE);
                Running gateway = world.gate().open(chosen, ledger)) {
            Shutdown shutdown =
                    new Shutdown(
                            () -> {
                                err.println("ebbgate: draining; a second signal ends now");
                                return gateway.drain();
                            },
                            () -> hurry(gateway, ledger),
                            code -> Runtime.getRuntime().halt(code));
            shutdown.onHangup(gateway::reload);
            // Before the greeting: whoever waits for it may end the gateway at once.
            world.signals().accept(shutdown);
            Greeting.lines(chosen.config(), gateway.port()).forEach(err::println);
            gateway.remarks().forEach(err::println);
            shutdown.drained().join();
        }
        return 0;
    }

    /// Ends what is under way, and keeps what is known of it.
    private static void hurry(Running gateway, Keeping ledger) {
        gateway.hurry();
        ledger.close();
    }
}
