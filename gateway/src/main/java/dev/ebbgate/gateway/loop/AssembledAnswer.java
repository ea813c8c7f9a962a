package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.dialects.AnswerCheck;
import dev.ebbgate.dialects.Assembler;
import dev.ebbgate.dialects.EventKind;
import dev.ebbgate.dialects.EventReader;
import dev.ebbgate.dialects.Operation;
import dev.ebbgate.dialects.ProviderError;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/// Makes one answer of a stream, for a client that asked for none: the limits hold phase by phase,
/// and until the last byte another target could still answer.
final class AssembledAnswer implements Answer {

    private final Operation operation;
    private final EventReader events;
    private final EventReader.Sink sink = this::event;
    private Assembler assembler;
    private final StreamAnswer.Reader exchange;
    private final Ballast ballast;
    private boolean begun;
    private boolean finished;
    private int skipped;

    AssembledAnswer(
            Operation operation,
            EventReader events,
            StreamAnswer.Reader exchange,
            Ballast ballast) {
        this.operation = operation;
        this.events = events;
        this.assembler = Assembler.of(operation, Integer.MAX_VALUE / 4);
        this.exchange = exchange;
        this.ballast = ballast;
    }

    @Override
    public void chunk(Buffer bytes) {
        exchange.tell(Signal.BYTES_ARRIVED);
        byte[] piece = bytes.getBytes();
        boolean whole = events.feed(piece, 0, piece.length, sink);
        if (!exchange.open()) {
            return;
        }
        if (!whole) {
            exchange.fail(new Failure.Malformed("it went on after its end"));
        } else if (!ballast.weigh(held())) {
            exchange.fail(noRoom());
        }
    }

    /// What is held, and as much again for the answer that is made of it.
    private int held() {
        return (int) (2 * assembler.heldBytes() + events.carriedBytes());
    }

    private static Failure noRoom() {
        return new Failure.NoRoom("limits.buffered");
    }

    private boolean event(EventKind kind, byte[] bytes, int from, int to) {
        switch (kind) {
            case COMMENT, DROP -> {}
            case PREAMBLE -> preamble(bytes, from, to);
            case DELTA -> {
                begun = true;
                if (isTaken(kind, bytes, from, to)) {
                    exchange.tell(Signal.TOKEN_ARRIVED);
                }
            }
            case FINISH -> finish(bytes, from, to);
            case DONE -> done();
            case ERROR -> error();
            case MALFORMED -> malformed();
            case OVERSIZED ->
                    exchange.fail(new Failure.Malformed("an event is longer than limits.event"));
        }
        return exchange.open();
    }

    /// Makes an event part of the answer; false if that failed.
    private boolean isTaken(EventKind kind, byte[] bytes, int from, int to) {
        return switch (assembler.event(kind, bytes, from, to)) {
            case TAKEN -> true;
            case FULL -> {
                exchange.fail(noRoom());
                yield false;
            }
            case MALFORMED -> {
                exchange.fail(new Failure.Malformed("an event belongs to nothing that has begun"));
                yield false;
            }
        };
    }

    private void preamble(byte[] bytes, int from, int to) {
        if (!isTaken(EventKind.PREAMBLE, bytes, from, to)) {
            return;
        }
        if (finished) {
            exchange.tell(Signal.FINISHED);
        } else if (!begun && assembler.heldBytes() > ballast.most()) {
            exchange.fail(new Failure.Malformed("its preamble is longer than limits.event"));
        }
    }

    /// From here on the answer may be taken for complete at any moment, so it must be one.
    private void finish(byte[] bytes, int from, int to) {
        begun = true;
        if (isTaken(EventKind.FINISH, bytes, from, to) && (finished || isAnswer())) {
            finished = true;
            exchange.tell(Signal.FINISHED);
        }
    }

    private void done() {
        if (skipped > 0 && !finished) {
            exchange.fail(new Failure.Malformed(events.fault()));
        } else if (finished || !begun || isAnswer()) {
            exchange.tell(Signal.DONE);
        }
    }

    /// Whether what has come makes an answer; where it does not, says so.
    private boolean isAnswer() {
        if (!ballast.weigh(held())) {
            exchange.fail(noRoom());
            return false;
        }
        byte[] answer = assembler.answer();
        Failure failure =
                switch (AnswerCheck.check(operation, answer, 0, answer.length)) {
                    case AnswerCheck.Good _ -> null;
                    case AnswerCheck.ErrorInside(ProviderError error) -> {
                        exchange.keep(error);
                        yield new Failure.StreamError(error.status(), error.meaning());
                    }
                    case AnswerCheck.Broken(String why) -> new Failure.Malformed(why);
                };
        if (failure != null) {
            exchange.fail(failure);
        }
        return failure == null;
    }

    private void error() {
        ProviderError error = events.error();
        if (error != null) {
            exchange.keep(error);
        }
        exchange.fail(
                error == null
                        ? new Failure.StreamError(502, Meaning.PLAIN)
                        : new Failure.StreamError(error.status(), error.meaning()));
    }

    /// As in a stream that is passed on: one broken event in its midst is left out.
    private void malformed() {
        if (begun && skipped == 0) {
            skipped++;
        } else {
            exchange.fail(new Failure.Malformed(events.fault()));
        }
    }

    @Override
    public void ended() {
        exchange.tell(Signal.ENDED);
    }

    @Override
    public Answered answered(int status, long bytes) {
        return new Answered(
                status, events.model(), events.inputTokens(), events.outputTokens(), bytes);
    }

    @Override
    public void discard() {
        ballast.weigh(0);
        events.close();
        assembler = Assembler.of(operation, 0);
    }

    /// The answer, once it is complete.
    Buffer body() {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(assembler.answer()));
    }

    /// Malformed events left out.
    int skipped() {
        return skipped;
    }
}
