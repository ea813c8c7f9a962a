package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.dialects.AnswerCheck;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.ProviderError;
import dev.ebbgate.gateway.desk.Collector;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Collects what came instead of the answer asked for, to find the provider's own error in it: the
/// body of an error status, or JSON or HTML where a stream was asked for.
final class RefusedAnswer implements Answer {

    private final Collector collector;
    private final Operation operation;
    private final int status;
    private final @Nullable Span retryAfter;
    private final StreamAnswer.Reader exchange;

    RefusedAnswer(
            Collector collector,
            Operation operation,
            int status,
            @Nullable Span retryAfter,
            StreamAnswer.Reader exchange) {
        this.collector = collector;
        this.operation = operation;
        this.status = status;
        this.retryAfter = retryAfter;
        this.exchange = exchange;
    }

    @Override
    public void chunk(Buffer bytes) {
        exchange.tell(Signal.BYTES_ARRIVED);
        if (!collector.add(bytes)) {
            exchange.fail(new Failure.BadStatus(status, false, Meaning.PLAIN, retryAfter));
        }
    }

    @Override
    public void ended() {
        byte[] body = collector.bytes();
        if (status < 300) {
            inside(body);
            return;
        }
        Dialect dialect = operation.dialect();
        Optional<ProviderError> own =
                status >= 400 ? ProviderError.read(dialect, body) : Optional.empty();
        Optional<ProviderError> error =
                status >= 400 ? own.or(() -> ProviderError.quoted(dialect, body)) : own;
        error.ifPresent(exchange::keep);
        Meaning meaning = error.map(ProviderError::meaning).orElse(Meaning.PLAIN);
        exchange.fail(new Failure.BadStatus(status, own.isPresent(), meaning, retryAfter));
    }

    private void inside(byte[] body) {
        if (AnswerCheck.check(operation, body, 0, body.length)
                instanceof AnswerCheck.ErrorInside(ProviderError error)) {
            exchange.keep(error);
            exchange.fail(new Failure.StreamError(error.status(), error.meaning()));
        } else {
            exchange.fail(new Failure.Malformed("a stream was asked for, something else came"));
        }
    }

    @Override
    public Answered answered(int ofHead, long bytes) {
        return new Answered(ofHead, null, -1, -1, bytes);
    }

    @Override
    public void discard() {
        collector.discard();
    }
}
