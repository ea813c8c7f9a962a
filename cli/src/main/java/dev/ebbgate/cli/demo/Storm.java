package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.sim.JournalEntry;

import java.util.ArrayList;
import java.util.List;

/// A target that fails again and again, is left alone, and is asked again when it has recovered.
final class Storm implements Scene {

    private static final String ROUTE = "stormy";
    private static final int REQUESTS = 6;

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public String title() {
        return "A storm trips the breaker, and it recovers";
    }

    @Override
    public String told(Theatre theatre) {
        return "The first target answers with errors. Each request goes on to the second; after "
                + Cast.FAILURES
                + " failures the breaker opens and nobody asks the first any more. After "
                + theatre.tempo().cooldown()
                + " one probe goes through and finds it well again.";
    }

    @Override
    public SceneResult play(Theatre theatre, Narrator narrator) {
        long last = theatre.lastSeen();
        List<Reply> replies = new ArrayList<>();
        narrator.asked("asks route " + ROUTE + " " + REQUESTS + " times", null);
        for (int i = 0; i < REQUESTS; i++) {
            replies.add(ask(theatre));
        }
        long inTheStorm = troubled(theatre, last);
        narrator.saw("the first target was asked " + inTheStorm + " times", null);
        rest(theatre.tempo().cooldown());
        long before = theatre.lastSeen();
        replies.add(ask(theatre));
        long after = troubled(theatre, before);
        narrator.saw("after the cooldown it was asked " + after + " time", null);
        return judge(replies, inTheStorm, after, theatre.seenSince(before).size());
    }

    private static Reply ask(Theatre theatre) {
        return Caller.ask(
                Caller.request(theatre.url(), Dialect.OPENAI, ROUTE), Judging.SLACK, _ -> true);
    }

    private static long troubled(Theatre theatre, long since) {
        return theatre.seenSince(since).stream().filter(Storm::isTroubled).count();
    }

    private static boolean isTroubled(JournalEntry entry) {
        return entry.received().model().startsWith(Cast.TROUBLED);
    }

    /// The cooldown and a little, so that it is surely over.
    private static void rest(Span cooldown) {
        try {
            Thread.sleep(cooldown.millis() + cooldown.millis() / 4);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private SceneResult judge(List<Reply> replies, long inTheStorm, long after, int attempts) {
        long complete =
                replies.stream().filter(r -> r.isFinished() && r.failure().isEmpty()).count();
        Checks checks =
                new Checks()
                        .that(
                                complete == replies.size(),
                                complete + " of " + replies.size() + " answers are complete")
                        .that(
                                inTheStorm == Cast.FAILURES,
                                "in the storm the first target was asked " + inTheStorm + " times")
                        .that(after == 1, "after the cooldown it was asked " + after + " times")
                        .that(attempts == 1, "the probe was not the answer");
        return new SceneResult(
                name(),
                complete + " of " + replies.size() + " complete",
                "all complete",
                inTheStorm + " failures let in",
                "breaker: " + Cast.FAILURES + " failures, from providers.troubled.breaker",
                "Every client got a whole answer; the failing target was asked "
                        + inTheStorm
                        + " times instead of "
                        + REQUESTS
                        + ", and serves again.",
                checks.deviations());
    }
}
