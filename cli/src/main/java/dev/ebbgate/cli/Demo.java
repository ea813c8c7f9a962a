package dev.ebbgate.cli;

import dev.ebbgate.cli.demo.Relay;
import dev.ebbgate.cli.demo.Tempo;
import dev.ebbgate.cli.demo.Terminal;
import dev.ebbgate.cli.demo.Theatre;
import dev.ebbgate.cli.demo.Tour;
import dev.ebbgate.core.ledger.Ledger;
import dev.ebbgate.core.ledger.Ledgers;
import dev.ebbgate.gateway.JsonLines;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `ebbgate demo`: a guided tour through the real gateway, against simulated providers.
@Command(
        name = "demo",
        description =
                "Shows slow work survive and dead work end, on real streams. Needs no key, no"
                        + " configuration and no network.")
final class Demo implements Callable<Integer> {
    private final World world;
    private final Show show;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--once", description = "Exit after the tour; 0 if every scene went as told.")
    private boolean once;

    Demo(World world) {
        this(world, (theatre, terminal) -> Tour.to(terminal).play(theatre));
    }

    Demo(World world, Show show) {
        this.world = world;
        this.show = show;
    }

    /// What is shown; answers whether all of it went as told.
    interface Show {
        boolean play(Theatre theatre, Terminal terminal);
    }

    @Override
    public Integer call() throws CommandFailed {
        PrintWriter out = spec.commandLine().getOut();
        Terminal terminal = Terminal.of(out, world.environment(), Terminal.isTerminal());
        Relay relay = new Relay();
        try (Keepsake keepsake = Keepsake.in(world.folder());
                Theatre theatre = open(Ledgers.of(keepsake, relay))) {
            boolean asTold = show.play(theatre, terminal);
            keepsake.lines().forEach(out::println);
            if (!once) {
                stayOpen(theatre, relay, out);
            }
            return asTold ? 0 : 1;
        }
    }

    private static Theatre open(Ledger ledger) throws CommandFailed {
        try {
            return Theatre.open(Tempo.TOUR, ledger);
        } catch (IllegalStateException e) {
            throw new CommandFailed("ebbgate: " + e.getMessage());
        }
    }

    /// Goes on serving until a signal; each exchange then leaves its line.
    private void stayOpen(Theatre theatre, Relay relay, PrintWriter out) {
        try (JsonLines lines = new JsonLines(new FileOutputStream(FileDescriptor.out))) {
            relay.handOnTo(lines);
            invitation(theatre.url()).lines().forEach(out::println);
            Shutdown shutdown =
                    new Shutdown(
                            () -> theatre.gateway().drain(),
                            () -> LiveGateway.hurry(theatre.gateway(), lines),
                            code -> Runtime.getRuntime().halt(code));
            world.signals().accept(shutdown);
            shutdown.drained().join();
        }
    }

    private static String invitation(String url) {
        return """

        The gateway goes on serving. Try it in another terminal:

          curl -N %s/v1/chat/completions \\
            -d '{"model": "steady", "stream": true, "messages": []}'

        Other models: patient, brisk; at /v1/messages: eager. A limit of your own:
        -H 'x-ebbgate-timeout-first-token: 2s'. Each exchange leaves a line here.
        Ctrl-C stops.
        """
                .formatted(url);
    }
}
