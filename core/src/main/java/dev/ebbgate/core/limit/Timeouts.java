package dev.ebbgate.core.limit;

import java.util.function.UnaryOperator;

/// The six limits in force for one exchange at one target.
public record Timeouts(
        ResolvedLimit connect,
        ResolvedLimit firstToken,
        ResolvedLimit streamIdle,
        ResolvedLimit noProgress,
        ResolvedLimit attempt,
        ResolvedLimit request) {

    /// What holds where nothing is written.
    public static final Timeouts DEFAULTS =
            new Timeouts(
                    ResolvedLimit.byDefault(Limit.CONNECT),
                    ResolvedLimit.byDefault(Limit.FIRST_TOKEN),
                    ResolvedLimit.byDefault(Limit.STREAM_IDLE),
                    ResolvedLimit.byDefault(Limit.NO_PROGRESS),
                    ResolvedLimit.byDefault(Limit.ATTEMPT),
                    ResolvedLimit.byDefault(Limit.REQUEST));

    public ResolvedLimit get(Limit limit) {
        return switch (limit) {
            case CONNECT -> connect;
            case FIRST_TOKEN -> firstToken;
            case STREAM_IDLE -> streamIdle;
            case NO_PROGRESS -> noProgress;
            case ATTEMPT -> attempt;
            case REQUEST -> request;
        };
    }

    /// These limits with each replaced by what `change` makes of it; a limit keeps its name.
    public Timeouts map(UnaryOperator<ResolvedLimit> change) {
        return new Timeouts(
                change.apply(connect),
                change.apply(firstToken),
                change.apply(streamIdle),
                change.apply(noProgress),
                change.apply(attempt),
                change.apply(request));
    }

    /// These limits with one of them replaced.
    public Timeouts with(ResolvedLimit changed) {
        return map(old -> old.limit() == changed.limit() ? changed : old);
    }
}
