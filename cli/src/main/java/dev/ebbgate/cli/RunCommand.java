package dev.ebbgate.cli;

import dev.ebbgate.cli.run.Calls;
import dev.ebbgate.cli.run.Child;
import dev.ebbgate.cli.run.ChildVariables;
import dev.ebbgate.cli.run.FreePorts;
import dev.ebbgate.cli.run.Neighbour;
import dev.ebbgate.cli.run.Recorder;
import dev.ebbgate.cli.run.RunStory;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Listen;
import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.store.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// `ebbgate run`: a command whose calls go through the gateway, and what became of them.
@Command(
        name = "run",
        description = {
            "Runs a command against the gateway and tells at its end what its calls waited for, how"
                    + " long, what was cut and what was saved.",
            "Sets OPENAI_BASE_URL and ANTHROPIC_BASE_URL for it. A gateway that runs where the"
                    + " configuration says is used; else one is started for the command alone, on"
                    + " free ports. The exit code is the command's; its stdin, stdout and stderr"
                    + " are untouched, and the audit follows on stderr."
        },
        footerHeading = "%nExample: ",
        footer = "ebbgate run --tag nightly -- python agent.py --all")
final class RunCommand implements Callable<Integer> {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final long LAST_WORDS_SECONDS = 2;
    private static final int LENGTH = 8;
    private static final int NOT_FOUND = 127;

    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final ConfigOption option = new ConfigOption();

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description =
                    "What the calls are called in the ledger; a new one for each run if absent.")
    private @Nullable String tag;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "The command, after --")
    private List<String> command = List.of();

    RunCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws Exception {
        String name =
                tag == null ? "run-" + UUID.randomUUID().toString().substring(0, LENGTH) : tag;
        if (!TAG.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a tag has 1 to 64 letters, digits, dots, dashes and underscores");
        }
        ConfigOption.Chosen chosen = option.load(world);
        PrintWriter err = spec.commandLine().getErr();
        chosen.remarks().forEach(err::println);
        Listen listen = chosen.config().listen();
        String address = Greeting.address(listen.host(), listen.port());
        Neighbour neighbour = listen.port() == 0 ? Neighbour.NOBODY : Neighbour.at(address);
        if (neighbour == Neighbour.GATEWAY) {
            return besideNeighbour(chosen, address, name);
        }
        if (!neighbour.obstacle().isEmpty()) {
            err.println(
                    "ebbgate: warning: "
                            + address
                            + ": "
                            + neighbour.obstacle()
                            + "; the command gets a gateway of its own");
        }
        return withOwn(chosen.adapted(FreePorts::of), name);
    }

    private int withOwn(ConfigOption.Chosen chosen, String name) throws Exception {
        Recorder recorder = new Recorder();
        Keeping ledger = Keeping.of(LedgerPlace.of(chosen, world), chosen.config(), recorder);
        long began = System.nanoTime();
        int code;
        try (ledger;
                Running gateway = LiveGateway.beside(chosen, ledger)) {
            gateway.remarks().forEach(spec.commandLine().getErr()::println);
            Listen listen = chosen.config().listen();
            code = run(chosen.config(), Greeting.address(listen.host(), gateway.port()), name);
            lastWords(gateway);
        }
        tell(name, recorder.tagged(name), began, ledger.isKept());
        return code;
    }

    /// What the command left under way is told that its client has gone.
    private static void lastWords(Running gateway) throws InterruptedException {
        try {
            gateway.drain().toCompletableFuture().get(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            gateway.hurry();
        }
    }

    private int besideNeighbour(ConfigOption.Chosen chosen, String address, String name)
            throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        err.println("ebbgate: using the gateway at " + address);
        long sinceMillis = System.currentTimeMillis();
        long began = System.nanoTime();
        int code = run(chosen.config(), address, name);
        Database ledger = LedgerPlace.of(chosen, world);
        if (ledger == null) {
            err.println("ebbgate: no audit of run " + name + ": the ledger is off");
            return code;
        }
        try {
            List<Recorded> calls = Calls.of(ledger, name, sinceMillis);
            if (calls.isEmpty()) {
                err.println("ebbgate: run " + name + ": no call of it is in " + ledger.name());
            } else {
                tell(name, calls, began, true);
            }
        } catch (SQLException e) {
            err.println("ebbgate: no audit of run " + name + ": " + e.getMessage());
        }
        return code;
    }

    private int run(Config config, String address, String name) throws InterruptedException {
        var set = ChildVariables.of(config, address, name, world.environment());
        try {
            Child child = Child.start(command, set, world.folder());
            Forwarding.to(child);
            return child.await();
        } catch (IOException e) {
            spec.commandLine().getErr().println("ebbgate: cannot run it: " + e.getMessage());
            return NOT_FOUND;
        }
    }

    private void tell(String name, List<Recorded> calls, long began, boolean isKept) {
        Span lasted = new Span(Math.max(1, System.nanoTime() - began));
        RunStory.of(name, calls, lasted, isKept ? option.again() : null)
                .forEach(spec.commandLine().getErr()::println);
    }
}
