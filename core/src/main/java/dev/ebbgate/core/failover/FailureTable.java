package dev.ebbgate.core.failover;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.Span;

/// From what happened to its row: the one place that judges failures.
public final class FailureTable {

    private FailureTable() {}

    /// The row of a limit that ran out.
    public static FailureRow row(Limit limit) {
        return switch (limit) {
            case CONNECT -> FailureRow.CONNECT_LIMIT;
            case FIRST_TOKEN -> FailureRow.FIRST_TOKEN;
            case STREAM_IDLE -> FailureRow.STREAM_IDLE;
            case NO_PROGRESS -> FailureRow.NO_PROGRESS;
            case ATTEMPT -> FailureRow.ATTEMPT;
            case REQUEST -> FailureRow.REQUEST;
        };
    }

    /// The row of a failure.
    public static FailureRow row(Failure failure) {
        return switch (failure) {
            case Failure.ConnectFailed _ -> FailureRow.CONNECT_FAILED;
            case Failure.Stale _ -> FailureRow.STALE;
            case Failure.Reset _ -> FailureRow.RESET;
            case Failure.Truncated _, Failure.Malformed _ -> FailureRow.MALFORMED;
            case Failure.StreamError(int status, Meaning meaning) -> inside(status, meaning);
            case Failure.BadStatus(int status, boolean _, Meaning meaning, Span _) ->
                    answered(status, meaning);
            case Failure.Defect _, Failure.NoRoom _, Failure.Resting _, Failure.Crowded _ ->
                    FailureRow.OURS;
        };
    }

    /// An error inside a 200 is often the only way left to say what a status would have said. But a
    /// server that had begun to answer had taken the request: vLLM says 400 of whatever breaks.
    private static FailureRow inside(int status, Meaning meaning) {
        FailureRow row = answered(status, meaning);
        return switch (row) {
            case AUTH, QUOTA, STATUS_429, CONTEXT_LENGTH, CONTENT_POLICY -> row;
            default -> FailureRow.STREAM_ERROR;
        };
    }

    private static FailureRow answered(int status, Meaning meaning) {
        return switch (meaning) {
            case QUOTA -> FailureRow.QUOTA;
            case CONTEXT_LENGTH -> FailureRow.CONTEXT_LENGTH;
            case CONTENT_POLICY -> FailureRow.CONTENT_POLICY;
            case PLAIN -> ofStatus(status);
        };
    }

    /// A redirect is not followed, as it would take the client's prompt to another host; asked
    /// again, the same address redirects again.
    private static FailureRow ofStatus(int status) {
        if (status >= 500) {
            return FailureRow.STATUS_5XX;
        }
        if (status >= 300 && status < 400) {
            return FailureRow.REDIRECTED;
        }
        return switch (status) {
            case 401, 402, 403 -> FailureRow.AUTH;
            case 429 -> FailureRow.STATUS_429;
            default -> status >= 400 ? FailureRow.REFUSED : FailureRow.MALFORMED;
        };
    }
}
