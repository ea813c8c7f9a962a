package dev.ebbgate.cli;

import dev.ebbgate.sim.Simulator;
import dev.ebbgate.sim.SimulatorOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// `ebbgate simulate`: the simulated provider, until a signal.
@Command(
        name = "simulate",
        description = {
            "Starts the simulated provider: OpenAI and Anthropic, on one port.",
            "The model's name or the header x-sim scripts each answer; GET /sim/journal tells"
                    + " what it saw."
        })
final class Simulate implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--host", description = "Where to listen (default: ${DEFAULT-VALUE}).")
    private String host = "127.0.0.1";

    @Option(names = "--port", description = "0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port = 12002;

    @Option(names = "--tls-port", description = "0 takes a free one (default: no TLS).")
    private @Nullable Integer tlsPort;

    @Option(
            names = "--seed",
            description = "The same seed gives the same answers (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description = "At 100, a minute takes 600 ms (default: ${DEFAULT-VALUE}).")
    private double speed = 1;

    Simulate(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        PrintWriter out = spec.commandLine().getOut();
        try (Simulator simulator = start(options())) {
            out.println("simulated provider on " + simulator.url());
            simulator.tlsUrl().ifPresent(url -> out.println("and with TLS on " + url));
            simulator.caFile().ifPresent(file -> out.println("its certificate: " + file));
            Shutdown shutdown =
                    new Shutdown(
                            () -> CompletableFuture.completedFuture(null),
                            () -> {},
                            code -> Runtime.getRuntime().halt(code));
            world.signals().accept(shutdown);
            shutdown.drained().join();
        }
        return 0;
    }

    private Simulator start(SimulatorOptions options) throws CommandFailed {
        try {
            return Simulator.start(options);
        } catch (CompletionException e) {
            String ports = host + ":" + port + (tlsPort == null ? "" : " and " + tlsPort);
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new CommandFailed(
                    "ebbgate: cannot listen on " + ports + ": " + cause.getMessage());
        }
    }

    private SimulatorOptions options() {
        try {
            SimulatorOptions plain =
                    SimulatorOptions.defaults()
                            .withHost(host)
                            .withPort(port)
                            .withSeed(seed)
                            .withSpeed(speed);
            return tlsPort == null ? plain : plain.withTlsPort(tlsPort);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
