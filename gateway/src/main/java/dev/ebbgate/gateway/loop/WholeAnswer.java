package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.dialects.AnswerCheck;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.gateway.desk.Collector;

import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

/// Collects a buffered answer to its end, so that its status can be true and another target could
/// still answer. White space alone is a sign of life, not a part of the answer.
final class WholeAnswer implements Answer {

    private final Collector collector;
    private final Operation operation;
    private final StreamAnswer.Reader exchange;
    private AnswerCheck.@Nullable Good good;

    WholeAnswer(Collector collector, Operation operation, StreamAnswer.Reader exchange) {
        this.collector = collector;
        this.operation = operation;
        this.exchange = exchange;
    }

    @Override
    public void chunk(Buffer bytes) {
        exchange.tell(isBlank(bytes) ? Signal.BYTES_ARRIVED : Signal.TOKEN_ARRIVED);
        if (!collector.add(bytes)) {
            exchange.fail(new Failure.NoRoom("limits.buffered"));
        }
    }

    private static boolean isBlank(Buffer bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            byte b = bytes.getByte(i);
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void ended() {
        byte[] body = collector.bytes();
        switch (AnswerCheck.check(operation, body, 0, body.length)) {
            case AnswerCheck.Good whole -> {
                good = whole;
                exchange.tell(Signal.TOKEN_ARRIVED);
                exchange.tell(Signal.DONE);
            }
            case AnswerCheck.ErrorInside(var error) -> {
                exchange.keep(error);
                exchange.fail(new Failure.StreamError(error.status(), error.meaning()));
            }
            case AnswerCheck.Broken(String why) -> exchange.fail(new Failure.Malformed(why));
        }
    }

    @Override
    public Answered answered(int status, long bytes) {
        return good == null
                ? new Answered(status, null, -1, -1, bytes)
                : new Answered(
                        status, good.model(), good.inputTokens(), good.outputTokens(), bytes);
    }

    @Override
    public void discard() {
        collector.discard();
    }

    Buffer body() {
        return collector.buffer();
    }
}
