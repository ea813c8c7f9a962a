package dev.ebbgate.cli;

import dev.ebbgate.cli.audit.Asked;
import dev.ebbgate.cli.audit.AuditCsv;
import dev.ebbgate.cli.audit.AuditJson;
import dev.ebbgate.cli.audit.AuditTable;
import dev.ebbgate.cli.audit.Cliff;
import dev.ebbgate.ledger.audit.Answer;
import dev.ebbgate.ledger.audit.Audit;
import dev.ebbgate.ledger.audit.Question;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

/// `ebbgate audit`: how long calls took, and how far that is from where consumers give up.
@Command(
        name = "audit",
        description = {
            "Tells from the ledger how long calls took: percentiles, hangs, and the distance to the"
                    + " moment at which consumers give up.",
            "Works while the gateway runs and after. audit show ID tells one exchange."
        })
final class AuditCommand implements Callable<Integer> {
    private final World world;
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private final LedgerOption ledger = new LedgerOption();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "How long ago, or a moment in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private String since = Asked.SINCE;

    @Option(names = "--until", paramLabel = "TIME", description = "The same (default: now).")
    private @Nullable String until;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description =
                    "model, target, route, key or tag (default: ${DEFAULT-VALUE}). The first two"
                            + " count attempts, the others exchanges.")
    private String by = Asked.BY;

    @Option(names = "--route", description = "Only exchanges on this route.")
    private @Nullable String route;

    @Option(
            names = "--cliff",
            paramLabel = "TIME",
            description =
                    "When consumers give up (default: the routes' consumer-cancels-after, of"
                            + " several the soonest, else 660s).")
    private @Nullable String cliff;

    @Option(
            names = "--hang",
            paramLabel = "TIME",
            description = "From here on a call counts as hanging (default: ${DEFAULT-VALUE}).")
    private String hang = Asked.HANG;

    @Option(names = "--json", description = "One JSON object, alone on stdout.")
    private boolean json;

    @Option(names = "--csv", description = "Comma-separated values.")
    private boolean csv;

    AuditCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws CommandFailed {
        if (json && csv) {
            throw usage("--json and --csv exclude each other");
        }
        Cliff meant = Cliff.of(cliff, ledger.configured(world), route);
        Question question = question(meant, System.currentTimeMillis());
        Answer answer = ledger.ask(world, reader -> Audit.ask(reader, question));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(AuditJson.text(answer));
        } else if (csv) {
            AuditCsv.lines(answer).forEach(out::println);
        } else {
            AuditTable.lines(answer, meant.source()).forEach(out::println);
            return 0;
        }
        AuditTable.remarks(answer).forEach(spec.commandLine().getErr()::println);
        return 0;
    }

    private Question question(Cliff meant, long nowMillis) {
        try {
            return new Asked("--", since, until, by, route, meant.text(), hang).question(nowMillis);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }
}
