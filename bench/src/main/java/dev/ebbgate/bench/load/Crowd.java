package dev.ebbgate.bench.load;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Many streams that get one token and then nothing.
///
/// Without a limit every end is a failure. With one, each stream must end in an error frame, whose
/// lateness is measured from the moment the provider sent the token. The next stream begins when
/// the limit and a rest have passed since the last one began, whenever that ended: what one stall
/// has pushed together does not stay together, so the limits go on to fire evenly.
public final class Crowd implements Course {
    /// How long a place in a limited crowd is empty before its next stream begins.
    public static final Duration REST = Duration.ofMillis(100);

    private static final long NO_LIMIT = -1;

    /// How a stream may end when its limit fires.
    public enum Ending {
        /// With an error frame, properly.
        FRAME,
        /// As the contestant likes: for those that only cut.
        ANY
    }

    private final Loops loops;
    private final int port;
    private final Shot shot;
    private final long limitNanos;
    private final Ending ending;
    private final Tally tally = new Tally();
    private final AtomicLong silent = new AtomicLong();
    private final AtomicLong earliestNanos = new AtomicLong(Long.MAX_VALUE);
    private final Set<Caller> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    private Crowd(Loops loops, int port, Shot shot, long limitNanos, Ending ending) {
        this.loops = loops;
        this.port = port;
        this.shot = shot;
        this.limitNanos = limitNanos;
        this.ending = ending;
    }

    /// Opens `streams` streams within this time; none may end.
    public static Crowd waiting(Loops loops, int port, Shot shot, int streams, Duration ramp) {
        Crowd crowd = new Crowd(loops, port, shot, NO_LIMIT, Ending.FRAME);
        loops.connectWithin(ramp, streams, port, crowd, shot);
        return crowd;
    }

    /// A crowd whose streams end by this limit; it opens none yet.
    public static Crowd limited(Loops loops, int port, Shot shot, Duration limit, Ending ending) {
        return new Crowd(loops, port, shot, limit.toNanos(), ending);
    }

    /// Opens this many more streams within this time.
    public void open(int streams, Duration ramp) {
        loops.connectWithin(ramp, streams, port, this, shot);
    }

    /// Streams that have their token and wait for more.
    public long silent() {
        return silent.get();
    }

    /// The smallest lateness seen; below 0 means that a limit fired early.
    public long earliestNanos() {
        return earliestNanos.get();
    }

    /// What has been counted since the start.
    public Tally tally() {
        return tally;
    }

    /// Closes every stream.
    public void stop() {
        stopping = true;
        open.forEach(Caller::close);
    }

    @Override
    public void ready(Caller caller) {
        if (stopping) {
            caller.close();
            return;
        }
        open.add(caller);
        caller.send(caller.dueNanos());
    }

    @Override
    public void progressed(Caller caller, int events) {
        AnswerReader answer = caller.answer();
        boolean token = answer.stamp() != 0 && !answer.error();
        if (token) {
            silent.incrementAndGet();
        }
        tally.events(events);
    }

    @Override
    public void answered(Caller caller) {
        ended(caller, caller.shot().problem(caller.answer()).isEmpty());
        if (!stopping) {
            caller.sendAt(next(caller));
        }
    }

    @Override
    public void closed(Caller caller) {
        open.remove(caller);
        if (stopping) {
            return;
        }
        if (caller.waiting()) {
            ended(caller, false);
        }
        loops.connectAt(next(caller), port, this, shot);
    }

    private long next(Caller caller) {
        return caller.dueNanos() + limitNanos + REST.toNanos();
    }

    private void ended(Caller caller, boolean properly) {
        if (caller.answer().stamp() != 0) {
            silent.decrementAndGet();
        }
        if (limitNanos == NO_LIMIT || !(properly || ending == Ending.ANY)) {
            tally.failed("stream ended: " + caller.answer());
            return;
        }
        long end = properly ? caller.readNanos() : System.nanoTime();
        long late = end - caller.answer().stamp() - limitNanos;
        earliestNanos.accumulateAndGet(late, Math::min);
        tally.answered();
        tally.took(late);
    }

    @Override
    public void refused(Throwable why) {
        tally.failed("no connection: " + why);
    }
}
