package dev.ebbgate.sim.play;

import dev.ebbgate.sim.frames.Voice;
import dev.ebbgate.sim.script.Content;
import dev.ebbgate.sim.script.Pace;
import dev.ebbgate.sim.script.Prefill;

/// The waits of an answer in real time.
final class Beat {

    private static final long JITTER_SALT = 7_919;

    private final Pace pace;
    private final Voice jitter;

    Beat(Pace pace, Content content) {
        this.pace = pace;
        this.jitter = new Voice(content.seed() + JITTER_SALT);
    }

    Step prefill(int promptTokens) {
        return switch (pace.prefill()) {
            case Prefill.Fixed(long nanos) -> new Step.Rest(pace.real(nanos));
            case Prefill.Curve() -> new Step.Prefill(pace.real(PrefillCurve.nanos(promptTokens)));
        };
    }

    /// From one token to the next.
    Step.Rest gap() {
        double nanos = pace.burst() ? 0 : 1e9 / pace.tokensPerSecond();
        double swung = pace.jitter() == 0 ? nanos : nanos * (1 + pace.jitter() * jitter.swing());
        return new Step.Rest(pace.real((long) swung));
    }

    /// All tokens of a buffered answer.
    Step.Rest generation(int tokens) {
        double nanos = pace.burst() ? 0 : tokens * 1e9 / pace.tokensPerSecond();
        return new Step.Rest(pace.real((long) nanos + pace.pauseNanos()));
    }

    Step.Rest pause() {
        return new Step.Rest(pace.real(pace.pauseNanos()));
    }
}
