package dev.ebbgate.sim.play;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// One machine whose speed is divided evenly among the jobs on it. The service that each job has
/// had since the beginning is one number for all, so a job ends when that number has grown by its
/// work, and coming and going costs only a queue's logarithm (Kleinrock's processor sharing; GPS
/// virtual time). Not safe for threads; time is handed in.
public final class ProcessorSharing {

    /// When there is no job.
    public static final long NEVER = Long.MAX_VALUE;

    /// A piece of work on the machine, known by identity.
    public static final class Job {
        private final double doneAt;
        private final Runnable whenDone;

        private Job(double doneAt, Runnable whenDone) {
            this.doneAt = doneAt;
            this.whenDone = whenDone;
        }

        Runnable whenDone() {
            return whenDone;
        }
    }

    private final PriorityQueue<Job> jobs =
            new PriorityQueue<>(Comparator.comparingDouble((Job job) -> job.doneAt));
    private double service;
    private long at;

    public Job join(long workNanos, long nowNanos, Runnable whenDone) {
        advance(nowNanos);
        Job job = new Job(service + workNanos, whenDone);
        jobs.add(job);
        return job;
    }

    public void leave(Job job, long nowNanos) {
        advance(nowNanos);
        jobs.remove(job);
    }

    /// The jobs that are done by now, taken off the machine.
    public List<Job> done(long nowNanos) {
        advance(nowNanos);
        List<Job> done = new ArrayList<>();
        // What division loses is forgiven; without that a job could be waited for twice.
        Job next = jobs.peek();
        while (next != null && next.doneAt <= service + 1) {
            done.add(jobs.remove());
            next = jobs.peek();
        }
        return done;
    }

    /// How long until the next job is done if nobody comes or goes, or [#NEVER].
    public long nextNanos() {
        Job next = jobs.peek();
        return next == null
                ? NEVER
                : (long) Math.ceil(Math.max(0, next.doneAt - service) * jobs.size());
    }

    private void advance(long nowNanos) {
        if (!jobs.isEmpty()) {
            service += (double) (nowNanos - at) / jobs.size();
        }
        at = nowNanos;
    }
}
