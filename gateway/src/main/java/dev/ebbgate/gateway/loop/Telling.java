package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.Exchange;
import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.exchange.Reports;
import dev.ebbgate.core.failure.Cut;
import dev.ebbgate.core.failure.ErrorReport;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Place;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.dialects.ErrorWriter;
import dev.ebbgate.dialects.ProviderError;
import dev.ebbgate.gateway.desk.Plan;
import dev.ebbgate.gateway.downstream.ClientAnswer;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

/// Tells a client honestly how its exchange failed: by a status while nothing has been sent, by a
/// last frame after that. A provider's own well-formed error passes through.
final class Telling {

    private final String exchange;
    private final Plan plan;
    private final ClientAnswer client;
    private final Sourced<Span> drain;

    /// @param drain how long an exchange may outlast a shutdown
    Telling(String exchange, Plan plan, ClientAnswer client, Sourced<Span> drain) {
        this.exchange = exchange;
        this.plan = plan;
        this.client = client;
        this.drain = drain;
    }

    void failure(Outcome outcome, Exchange machine, Trial trial, long elapsedNanos) {
        Place place =
                new Place(
                        exchange,
                        machine.phase(),
                        trial.target().id(),
                        trial.number(),
                        plan.targets().size(),
                        client.chunks(),
                        machine.committed());
        Cut ofDrain = new Cut("drain", drain.value().toString(), drain.source());
        Reports reports = new Reports(place, plan.policy().streamed(), ofDrain);
        ErrorReport report = reports.of(outcome, elapsedNanos);
        if (client.headSent()) {
            client.end(frame(report, trial.error()));
        } else if (passesThrough(outcome) && trial.error() != null) {
            Buffer body = Buffer.buffer(trial.error().json());
            client.reply(report.status(), Heads.answer(exchange, trial), body);
        } else {
            client.reply(
                    report.status(),
                    Heads.error(exchange, trial, report.decidedByLimit()),
                    Buffer.buffer(body(report, trial.error())));
        }
    }

    private static boolean passesThrough(Outcome outcome) {
        return outcome instanceof Outcome.Failed(Failure.BadStatus status) && status.wellFormed();
    }

    private byte[] frame(ErrorReport report, @Nullable ProviderError own) {
        return own == null
                ? ErrorWriter.frame(dialect(), report)
                : ErrorWriter.providerFrame(dialect(), own, report);
    }

    private byte[] body(ErrorReport report, @Nullable ProviderError own) {
        return own == null
                ? ErrorWriter.body(dialect(), report)
                : ErrorWriter.providerBody(dialect(), own, report);
    }

    private Dialect dialect() {
        return plan.operation().dialect();
    }
}
