package dev.ebbgate.gateway.loop;

import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.ledger.Entry.Answered;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.resolve.Target;
import dev.ebbgate.dialects.EventReader;
import dev.ebbgate.dialects.ProviderError;
import dev.ebbgate.dialects.RetryAfter;
import dev.ebbgate.gateway.desk.Collector;
import dev.ebbgate.gateway.desk.Plan;
import dev.ebbgate.gateway.wire.Call;
import dev.ebbgate.gateway.wire.UpstreamListener;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;

import org.jspecify.annotations.Nullable;

/// One attempt as the wire sees it: its target, its call, and what has come back. Once it is
/// aborted nothing of it is heard any more.
final class Trial implements UpstreamListener, StreamAnswer.Reader {

    private final Drive drive;
    private final Plan plan;
    private final Target target;
    private final int number;
    private int status;
    private long bytes;
    private boolean dropped;
    private @Nullable Story story;
    private @Nullable Call call;
    private @Nullable MultiMap headers;
    private @Nullable Answer answer;
    private @Nullable ProviderError error;

    /// @param number the attempt's, counted from 1
    Trial(Drive drive, Plan plan, Target target, int number) {
        this.drive = drive;
        this.plan = plan;
        this.target = target;
        this.number = number;
    }

    /// It is to go on with this answer.
    void goingOnWith(Story begun) {
        story = begun;
    }

    void calling(Call newCall) {
        call = newCall;
    }

    @Override
    public void connected() {
        drive.tick();
        try {
            tell(Signal.CONNECTED);
            drive.settle();
        } catch (RuntimeException e) {
            drive.defect(e);
        }
    }

    @Override
    public void head(int newStatus, MultiMap newHeaders) {
        drive.tick();
        status = newStatus;
        headers = newHeaders;
        try {
            Failure unreadable = choose(newHeaders);
            if (unreadable == null) {
                tell(Signal.BYTES_ARRIVED);
            } else {
                fail(unreadable);
            }
            drive.settle();
        } catch (RuntimeException e) {
            drive.defect(e);
        }
    }

    /// Chooses who reads the body; answers why it cannot be read at all, or null.
    private @Nullable Failure choose(MultiMap head) {
        boolean good = status >= 200 && status < 300;
        boolean streamed = plan.policy().streamed();
        long declared = Collector.declared(head.get(HttpHeaders.CONTENT_LENGTH));
        if (status < 200) { // on HTTP/2 the library takes some for the answer
            return new Failure.Malformed("it answered with a status that is no answer's");
        }
        if (status >= 300 && status < 400) { // never followed, so its body is of no use
            return new Failure.BadStatus(status, false, Meaning.PLAIN, null);
        }
        if (Heads.isEncoded(head)) {
            return new Failure.Malformed("it is encoded, although identity was asked for");
        }
        if (!good || (streamed && isNoStream(head))) {
            Collector collector = drive.collector(drive.maxEvent(), declared);
            Span wait = RetryAfter.read(head::get, System.currentTimeMillis());
            answer = new RefusedAnswer(collector, plan.operation(), status, wait, this);
        } else if (streamed) {
            answer = streamed();
        } else if (plan.assembled() && !isNoStream(head)) {
            answer = assembled();
        } else if (Heads.isType(head, "text/event-stream")) {
            return new Failure.Malformed("one answer was asked for, a stream came");
        } else {
            Collector collector = drive.collector(Long.MAX_VALUE, declared);
            answer = new WholeAnswer(collector, plan.operation(), this);
        }
        return null;
    }

    private Answer streamed() {
        StreamAnswer stream = new StreamAnswer(reader(), this, drive.client(), drive.ballast());
        if (story != null) {
            stream.goOnWith(story);
        }
        return stream;
    }

    private Answer assembled() {
        return new AssembledAnswer(plan.operation(), reader(), this, drive.ballast());
    }

    @Override
    public EventReader reader() {
        int choices = plan.head().choices(plan.operation());
        return new EventReader(plan.operation(), choices, drive.maxEvent());
    }

    /// A server that calls its stream nothing at all, or plain text, is believed by its bytes.
    private static boolean isNoStream(MultiMap headers) {
        return Heads.isType(headers, "application/json") || Heads.isType(headers, "text/html");
    }

    @Override
    public void chunk(Buffer piece) {
        drive.tick();
        if (answer == null || !open()) {
            return;
        }
        bytes += piece.length();
        try {
            answer.chunk(piece);
            drive.settle();
        } catch (RuntimeException e) {
            drive.defect(e);
        }
    }

    @Override
    public void ended() {
        drive.tick();
        if (answer == null || !open()) {
            return;
        }
        try {
            answer.ended();
            drive.settle();
        } catch (RuntimeException e) {
            drive.defect(e);
        }
    }

    @Override
    public void failed(Failure failure) {
        drive.tick();
        try {
            fail(failure);
            drive.settle();
        } catch (RuntimeException e) {
            drive.defect(e);
        }
    }

    @Override
    public void tell(Signal signal) {
        drive.hear(number, signal);
    }

    @Override
    public void fail(Failure failure) {
        drive.hear(number, new Broke(failure));
    }

    @Override
    public void keep(ProviderError newError) {
        error = newError;
    }

    @Override
    public boolean open() {
        return !dropped && drive.open();
    }

    @Override
    public boolean committed() {
        return drive.committed();
    }

    @Override
    public void full() {
        drive.full();
    }

    @Override
    public int mostHeld() {
        long most = plan.policy().failover().midStream().holdMax().bytes();
        return (int) Math.min(most, Integer.MAX_VALUE);
    }

    void pause() {
        if (call != null) {
            call.pause();
        }
    }

    void resume() {
        if (call != null) {
            call.resume();
        }
    }

    /// Whether something may still come of it.
    boolean isUnderWay() {
        return call != null && !dropped;
    }

    /// Its answer is the one that counts: sends what was held.
    ///
    /// @param kept keeps account of what is told from now on; null where nobody needs it
    void letGo(@Nullable Story kept) {
        if (answer instanceof StreamAnswer stream) {
            stream.letGo(kept);
        }
    }

    /// Closes the upstream.
    void abort() {
        dropped = true;
        if (call != null) {
            call.abort();
        }
    }

    /// Lets the upstream come to its formal end.
    void release(Span patience) {
        if (call != null) {
            call.release(patience);
        }
    }

    /// Forgets what was collected.
    void discard() {
        if (answer != null) {
            answer.discard();
        }
    }

    Target target() {
        return target;
    }

    int number() {
        return number;
    }

    int status() {
        return status;
    }

    @Nullable MultiMap headers() {
        return headers;
    }

    @Nullable Answer answer() {
        return answer;
    }

    @Nullable ProviderError error() {
        return error;
    }

    /// What the provider has said, for the ledger.
    Answered answered() {
        return answer == null
                ? new Answered(status, null, -1, -1, bytes)
                : answer.answered(status, bytes);
    }

    int skipped() {
        return switch (answer) {
            case StreamAnswer stream -> stream.skipped();
            case AssembledAnswer assembled -> assembled.skipped();
            case WholeAnswer _, RefusedAnswer _ -> 0;
            case null -> 0;
        };
    }
}
