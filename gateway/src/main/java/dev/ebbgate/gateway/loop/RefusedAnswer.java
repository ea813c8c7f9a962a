package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.ProviderError;

import io.vertx.core.buffer.Buffer;

import java.util.Optional;

/// Collects the body of an error status, to pass it through if it is an error in the dialect.
final class RefusedAnswer implements Answer {

    private final Collector collector;
    private final Operation operation;
    private final int status;
    private final StreamAnswer.Reader exchange;

    RefusedAnswer(
            Collector collector, Operation operation, int status, StreamAnswer.Reader exchange) {
        this.collector = collector;
        this.operation = operation;
        this.status = status;
        this.exchange = exchange;
    }

    @Override
    public void chunk(Buffer bytes) {
        exchange.tell(Signal.BYTES_ARRIVED);
        if (!collector.add(bytes)) {
            exchange.fail(new Failure.BadStatus(status, false));
        }
    }

    @Override
    public void ended() {
        Optional<ProviderError> error =
                status >= 400
                        ? ProviderError.read(operation.dialect(), collector.bytes())
                        : Optional.empty();
        error.ifPresent(exchange::keep);
        exchange.fail(new Failure.BadStatus(status, error.isPresent()));
    }

    @Override
    public void discard() {
        collector.discard();
    }
}
