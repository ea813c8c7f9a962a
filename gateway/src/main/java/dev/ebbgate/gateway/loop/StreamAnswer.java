package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.dialects.EventKind;
import dev.ebbgate.dialects.EventReader;
import dev.ebbgate.dialects.ProviderError;
import dev.ebbgate.gateway.downstream.ClientAnswer;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

import org.jspecify.annotations.Nullable;

/// Passes a stream of events on: holds what does not count yet, forwards whole events as the bytes
/// they came as, and leaves out what would kill a client. Neighbouring events leave as one range.
final class StreamAnswer implements Answer {

    /// What a stream needs of the exchange it belongs to.
    interface Reader {

        /// Tells the machine; whatever follows has happened when this returns.
        void tell(Signal signal);

        void fail(Failure failure);

        /// Keeps the provider's own error, for the client to see.
        void keep(ProviderError error);

        /// Whether the outcome is still open.
        boolean open();

        boolean committed();

        /// No more can be held back: commits where something real is held.
        void full();

        /// How much of an answer may be held to its end, in bytes.
        int mostHeld();

        /// A reader for a stream of the answer.
        EventReader reader();
    }

    private static final byte[] NOTHING = {};

    private final EventReader events;
    private final EventReader.Sink sink = this::event;
    private final Reader exchange;
    private final ClientAnswer client;
    private final Ballast ballast;
    private byte[] piece = NOTHING;
    private byte[] run = NOTHING;
    private int runFrom;
    private int runTo;
    private int runEvents;
    private boolean begun;
    private boolean finished;
    private int skipped;
    private @Nullable Story story;
    private EventReader.@Nullable Sink sequel;

    StreamAnswer(EventReader events, Reader exchange, ClientAnswer client, Ballast ballast) {
        this.events = events;
        this.exchange = exchange;
        this.client = client;
        this.ballast = ballast;
    }

    /// This stream is to go on with what has been told already.
    void goOnWith(Story begunStory) {
        story = begunStory;
        sequel = begunStory.sequel(this::recount);
    }

    @Override
    public void chunk(Buffer bytes) {
        ByteBuf buf = ((BufferInternal) bytes).getByteBuf();
        int from = 0;
        int to = buf.readableBytes();
        if (buf.hasArray()) {
            piece = buf.array();
            from = buf.arrayOffset() + buf.readerIndex();
            to += from;
        } else {
            piece = bytes.getBytes();
        }
        exchange.tell(Signal.BYTES_ARRIVED);
        boolean whole = events.feed(piece, from, to, sink);
        flushRun();
        piece = NOTHING;
        if (exchange.open()) {
            weigh(whole);
        }
    }

    private void weigh(boolean whole) {
        if (!whole) {
            exchange.fail(new Failure.Malformed("it went on after its end"));
        } else if (!hasRoom()) {
            exchange.fail(new Failure.NoRoom("limits.buffered"));
        } else if (sequel != null && story != null && !story.weigh()) {
            exchange.fail(new Failure.NoRoom("limits.buffered"));
        }
    }

    private boolean hasRoom() {
        if (ballast.weigh(ballast.heldBytes() + events.carriedBytes())) {
            return true;
        }
        exchange.full();
        return ballast.weigh(ballast.heldBytes() + events.carriedBytes());
    }

    private boolean event(EventKind kind, byte[] bytes, int from, int to) {
        switch (kind) {
            case COMMENT -> comment(bytes, from, to);
            case DROP -> {}
            case PREAMBLE -> preamble(bytes, from, to);
            case DELTA -> {
                exchange.tell(Signal.TOKEN_ARRIVED);
                begun = true;
                pass(kind, bytes, from, to);
            }
            case FINISH -> {
                finished = true;
                exchange.tell(Signal.FINISHED);
                begun = true;
                pass(kind, bytes, from, to);
            }
            case DONE -> done(bytes, from, to);
            case ERROR -> error();
            case MALFORMED -> malformed();
            case OVERSIZED -> fail(new Failure.Malformed("an event is longer than limits.event"));
        }
        return exchange.open();
    }

    /// Signs of life go on at once where the head is out. Before that they could only be kept in
    /// their place, which is done while they are few.
    private void comment(byte[] bytes, int from, int to) {
        if (client.headSent()) {
            forward(bytes, from, to);
        } else if (ballast.heldBytes() + to - from <= ballast.most()) {
            ballast.hold(bytes, from, to);
        }
    }

    private void preamble(byte[] bytes, int from, int to) {
        if (begun || sequel != null) {
            if (finished) {
                exchange.tell(Signal.FINISHED);
            }
            pass(EventKind.PREAMBLE, bytes, from, to);
        } else if (ballast.heldBytes() + to - from > ballast.most()) {
            exchange.fail(new Failure.Malformed("its preamble is longer than limits.event"));
        } else {
            ballast.hold(bytes, from, to);
        }
    }

    /// Forwards what belongs to the answer, or holds it as long as it is to be held.
    private void pass(EventKind kind, byte[] bytes, int from, int to) {
        if (!exchange.committed() && ballast.heldBytes() + to - from > exchange.mostHeld()) {
            exchange.full();
        }
        if (!exchange.committed()) {
            ballast.hold(bytes, from, to);
        } else if (story == null) {
            forward(bytes, from, to);
        } else if (sequel == null) {
            recount(kind, bytes, from, to);
        } else {
            sequel.event(kind, bytes, from, to);
        }
    }

    /// Forwards an event and keeps account of what was told.
    private boolean recount(EventKind kind, byte[] bytes, int from, int to) {
        forward(bytes, from, to);
        return story == null || story.event(kind, bytes, from, to);
    }

    private void done(byte[] bytes, int from, int to) {
        if (skipped > 0 && !finished) {
            fail(new Failure.Malformed(events.fault()));
        } else {
            if (begun) {
                pass(EventKind.DONE, bytes, from, to);
                flushRun();
            }
            exchange.tell(Signal.DONE);
        }
    }

    private void error() {
        ProviderError error = events.error();
        if (error != null) {
            exchange.keep(error);
        }
        fail(
                error == null
                        ? new Failure.StreamError(502, Meaning.PLAIN)
                        : new Failure.StreamError(error.status(), error.meaning()));
    }

    /// What stands before the failure goes out before it.
    private void fail(Failure failure) {
        flushRun();
        exchange.fail(failure);
    }

    /// One broken event in the middle of a good stream is left out: official clients die of it, and
    /// of nothing else in that stream. A second one, or one before any content, is no accident.
    private void malformed() {
        if (begun && skipped == 0) {
            skipped++;
        } else {
            fail(new Failure.Malformed(events.fault()));
        }
    }

    @SuppressWarnings("ReferenceEquality") // whether the range lies in the very same array
    private void forward(byte[] bytes, int from, int to) {
        if (bytes == run && from == runTo) {
            runTo = to;
            runEvents++;
            return;
        }
        flushRun();
        if (bytes == piece) {
            run = bytes;
            runFrom = from;
            runTo = to;
            runEvents = 1;
        } else {
            client.send(bytes, from, to, 1);
        }
    }

    private void flushRun() {
        if (runEvents > 0) {
            client.send(run, runFrom, runTo, runEvents);
            runEvents = 0;
        }
        run = NOTHING;
    }

    /// The answer counts: sends what was held.
    ///
    /// @param newStory keeps account of what is told from now on; null where nobody needs it
    void letGo(@Nullable Story newStory) {
        story = newStory;
        byte[] held = ballast.letGo(client);
        if (newStory != null) {
            exchange.reader().feed(held, 0, held.length, newStory::event);
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
        ballast.drop();
        events.close();
    }

    /// Malformed events left out.
    int skipped() {
        return skipped;
    }
}
