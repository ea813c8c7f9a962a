package dev.ebbgate.tools.stream;

import dev.ebbgate.core.exchange.ExchangePolicy;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Backoff;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.setting.KeepAlive;
import dev.ebbgate.core.setting.Sourced;
import dev.ebbgate.tools.time.TimeSource;
import dev.ebbgate.tools.time.Timers;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Watches the answers of streaming chat models: a generous limit until the first token, a tight
/// one on silence afterwards, one on time without progress, one on the whole. Safe for threads; one
/// watch serves any number of streams.
///
/// The model is asked once: a watch never asks again, for a slow provider that lives must not be
/// given the same work twice.
public final class StreamWatch {

    /// Nothing follows a failure, and no patience but the limits.
    private static final Failover ONCE =
            new Failover(
                    Set.of(),
                    Sourced.byDefault(Span.OFF),
                    0,
                    Backoff.DEFAULT,
                    Span.ofSeconds(1),
                    Span.ofSeconds(1),
                    MidStream.DEFAULT,
                    Span.OFF);

    private final TimeSource time;
    private final Timers timers;
    private final ExchangePolicy policy;

    /// A watch on a clock of its own, such as a virtual one.
    public StreamWatch(StreamLimits limits, TimeSource time, Timers timers) {
        this.time = time;
        this.timers = timers;
        this.policy =
                new ExchangePolicy(
                        true,
                        List.of(limits.timeouts()),
                        List.of(List.of(0)),
                        Set.of(),
                        ONCE,
                        new KeepAlive(Sourced.byDefault(Span.OFF), Sourced.byDefault(Span.OFF)),
                        Sourced.byDefault(Span.OFF),
                        Span.OFF);
    }

    /// A watch on the time of this machine. All of them share one daemon thread.
    public static StreamWatch of(StreamLimits limits) {
        return new StreamWatch(limits, TimeSource.REAL, Shared.TIMERS);
    }

    /// Begins to watch an answer; call it just before the model is asked.
    ///
    /// @param model as it is to be named in messages
    /// @param cancel cancels the model's call; runs at most once, on a fresh thread, when a limit
    ///   runs out or [WatchedStream#cancel] says so
    /// @param tell takes the end of the answer where a limit caused it; runs at most once, and
    ///   never while something of the answer is being forwarded
    public WatchedStream begin(String model, Runnable cancel, Consumer<StreamCutException> tell) {
        WatchedStream stream = new WatchedStream(model, policy, time, timers, cancel, tell);
        stream.begin();
        return stream;
    }

    /// Made when first needed.
    private static final class Shared {
        private static final Timers TIMERS = new Timers(TimeSource.REAL);
    }
}
