package dev.ebbgate.cli;

import dev.ebbgate.cli.audit.Timeline;
import dev.ebbgate.core.resolve.NearNames;
import dev.ebbgate.ledger.audit.Usual;
import dev.ebbgate.ledger.pack.Recorded;
import dev.ebbgate.ledger.store.LedgerReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `ebbgate audit show`: one exchange as a timeline.
@Command(
        name = "show",
        description =
                "Tells one exchange as it went: attempts, phases, gaps, limits and decisions. Its"
                        + " id stands in x-ebbgate-id, in errors and in the lines of serve.")
final class AuditShow implements Callable<Integer> {
    private static final int LATEST = 3;

    /// Among how many of the last an id is looked for that was meant.
    private static final int COMPARED = 2_000;

    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final LedgerOption ledger = new LedgerOption();

    @Parameters(arity = "1", paramLabel = "ID", description = "The exchange's id.")
    private String id = "";

    AuditShow(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        ledger.ask(world, this::lines).forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    private List<String> lines(LedgerReader reader) throws SQLException, CommandFailed {
        Recorded exchange = find(reader);
        return Timeline.lines(exchange, Usual.before(reader, exchange));
    }

    private Recorded find(LedgerReader reader) throws SQLException, CommandFailed {
        Optional<Recorded> found = reader.find(id.strip());
        if (found.isPresent()) {
            return found.get();
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                "ebbgate: no exchange of that id in the ledger; entries are kept for a time, and"
                        + " what is refused at the door has none");
        List<String> latest = reader.latest(COMPARED).stream().map(Recorded::exchange).toList();
        List<String> near = NearNames.of(id.strip(), latest);
        near.forEach(name -> lines.add("  did you mean " + name + "?"));
        if (near.isEmpty()) {
            latest.stream().limit(LATEST).forEach(name -> lines.add("  one of the last: " + name));
        }
        throw new CommandFailed(lines);
    }
}
