package dev.ebbgate.cli.demo;

import dev.ebbgate.core.limit.Phase;
import dev.ebbgate.core.limit.ResolvedLimit;

import java.util.function.Predicate;

/// Says to each thing the client sees what it means and which limit runs from now on.
final class Commentary implements Predicate<Seen> {

    private final Narrator narrator;
    private final ResolvedLimit first;
    private final ResolvedLimit then;
    private final int leaveAfter;
    private long startNanos;
    private int keepAlives;
    private int tokens;

    /// @param first the limit that runs until the first token
    /// @param then the limit to look at after that
    /// @param leaveAfter after how many keep-alives the client leaves
    Commentary(Narrator narrator, ResolvedLimit first, ResolvedLimit then, int leaveAfter) {
        this.narrator = narrator;
        this.first = first;
        this.then = then;
        this.leaveAfter = leaveAfter;
    }

    void begin(String what) {
        startNanos = System.nanoTime();
        narrator.asked(what, waiting());
    }

    /// What the gateway waits for, as far as the client can tell.
    private Wait waiting() {
        return tokens == 0
                ? new Wait(Phase.FIRST_TOKEN, first, startNanos)
                : new Wait(Phase.STREAM, then, startNanos);
    }

    @Override
    public boolean test(Seen seen) {
        switch (seen) {
            case Seen.Head head -> narrator.saw("head: status " + head.status(), waiting());
            case Seen.KeptAlive(long _, boolean isPing) ->
                    narrator.saw((isPing ? "ping " : "keep-alive ") + ++keepAlives, waiting());
            case Seen.Token _ -> token();
            case Seen.Failed(long _, Failing failing) -> {
                narrator.saw("error: limit " + failing.limit(), null);
                narrator.quote(failing.message());
            }
            case Seen.Finished _ -> narrator.saw("formal end, after " + tokens + " tokens", null);
            case Seen.Left _ -> narrator.saw("the client hangs up", null);
            case Seen.Broken(long _, String why) -> narrator.saw(why, null);
        }
        return keepAlives < leaveAfter;
    }

    private void token() {
        Wait before = waiting();
        tokens++;
        startNanos = System.nanoTime();
        if (tokens == 1) {
            narrator.waiting(before);
            narrator.saw("first token", waiting());
        } else {
            narrator.waiting(waiting());
        }
    }
}
