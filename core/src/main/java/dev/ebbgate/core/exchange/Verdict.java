package dev.ebbgate.core.exchange;

import dev.ebbgate.core.failover.Course;
import dev.ebbgate.core.failover.FailureRow;
import dev.ebbgate.core.failover.FailureTable;
import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.limit.Fired;

import org.jspecify.annotations.Nullable;

/// What follows an attempt that came out without an answer.
final class Verdict {

    private Verdict() {}

    /// While nothing of the answer has reached the client.
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

    /// When the client has a part of the answer: who spoke is never asked again. A target that
    /// refuses what it is to go on from refuses what the gateway has put there, so another one may
    /// take it.
    static Course.Step afterCommit(Attempt failed, Course course, long nowNanos) {
        FailureRow row = row(failed.outcome());
        if (failed.hasSpoken()) {
            return row == null ? Course.Plain.GIVE_UP : course.afterWords(row);
        }
        Course.Step step = on(failed, course, nowNanos);
        return row == FailureRow.REFUSED && course.untried() > 0 ? Course.Plain.NEXT : step;
    }

    private static @Nullable FailureRow row(@Nullable Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(Failure failure) -> FailureTable.row(failure);
            case Outcome.TimedOut(Fired fired) -> FailureTable.row(fired.limit().limit());
            case Outcome.Completed _, Outcome.Cancelled _ -> null;
            case null -> null;
        };
    }
}
