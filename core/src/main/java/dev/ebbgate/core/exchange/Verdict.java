package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failover.Course;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.limit.Fired;

/// What follows an attempt that came out without an answer.
final class Verdict {

    private Verdict() {}

    static Course.Step on(Attempt failed, Course course, long nowNanos) {
        return switch (failed.outcome()) {
            case Outcome.Failed(Failure failure) ->
                    course.after(
                            FailureTable.row(failure),
                            failure instanceof BadStatus refused ? refused.retryAfter() : null,
                            failed.permit().hasOtherKey(nowNanos));
            case Outcome.TimedOut(Fired fired) ->
                    course.after(FailureTable.row(fired.limit().limit()), null, false);
            case Outcome.Completed _, Outcome.Cancelled _ -> Course.Plain.GIVE_UP;
            case null -> throw new IllegalStateException("the attempt is still under way");
        };
    }
}
