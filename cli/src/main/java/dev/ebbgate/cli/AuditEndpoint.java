package dev.ebbgate.cli;

import dev.ebbgate.cli.audit.Asked;
import dev.ebbgate.cli.audit.AuditJson;
import dev.ebbgate.cli.audit.Cliff;
import dev.ebbgate.core.config.Config;
import dev.ebbgate.gateway.admin.Ask;
import dev.ebbgate.gateway.admin.Endpoint;
import dev.ebbgate.gateway.admin.Refusal;
import dev.ebbgate.gateway.admin.Reply;
import dev.ebbgate.ledger.audit.Audit;
import dev.ebbgate.ledger.audit.Question;
import dev.ebbgate.ledger.store.Database;
import dev.ebbgate.ledger.store.LedgerReader;

import io.vertx.core.MultiMap;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/// `GET /audit`: what `audit --json` tells, with its options as parameters.
///
/// @param database null where nothing is recorded
/// @param config in force at each time
record AuditEndpoint(@Nullable Database database, Supplier<Config> config)
        implements Endpoint.Handler {

    private static final Set<String> KNOWN =
            Set.of("since", "until", "by", "route", "cliff", "hang");

    @Override
    public Reply answer(Ask ask) throws Refusal {
        if (database == null) {
            throw new Refusal(404, "nothing is recorded here: the configuration says ledger: off");
        }
        Question question = question(ask.query());
        try (LedgerReader reader = LedgerReader.open(database)) {
            return Reply.text("application/json", AuditJson.text(Audit.ask(reader, question)));
        } catch (SQLException e) {
            throw new Refusal(503, String.valueOf(e.getMessage()));
        }
    }

    private Question question(MultiMap query) throws Refusal {
        for (String name : query.names()) {
            if (!KNOWN.contains(name)) {
                throw new Refusal(400, "there are only since, until, by, route, cliff and hang");
            }
        }
        try {
            return new Asked(
                            "",
                            or(query.get("since"), Asked.SINCE),
                            query.get("until"),
                            or(query.get("by"), Asked.BY),
                            query.get("route"),
                            Cliff.of(query.get("cliff"), config.get(), query.get("route")).text(),
                            or(query.get("hang"), Asked.HANG))
                    .question(System.currentTimeMillis());
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    private static String or(@Nullable String written, String otherwise) {
        return Objects.requireNonNullElse(written, otherwise);
    }
}
