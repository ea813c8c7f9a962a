package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.sim.JournalEntry;

import java.time.Duration;
import java.util.List;

/// A target that fails, and another that answers in its place: the client sees one clean answer.
record FailsOver(String name, String title, String route, Plot plot, boolean isSilent)
        implements Scene {

    /// What is going to happen.
    interface Plot {
        String told(Theatre theatre);
    }

    static final Scene HANG =
            new FailsOver(
                    "hang fails over",
                    "A target hangs, and the next one answers",
                    "relayed",
                    theatre ->
                            "The first target of this route accepts the request and stays silent."
                                    + " While another one remains, the route is patient for "
                                    + theatre.patience("relayed").value()
                                    + " only; then the second answers. The client gets keep-alives"
                                    + " and one whole answer.",
                    true);

    static final Scene HEAL =
            new FailsOver(
                    "mid-stream death",
                    "A death in mid-stream, healed",
                    "healed",
                    _ ->
                            "The first target dies after some tokens, its connection reset. This"
                                    + " route holds answers to their end (mid-stream: hold), so"
                                    + " that the second target can still replace it: no word of"
                                    + " the first gets through.",
                    false);

    @Override
    public String told(Theatre theatre) {
        return plot.told(theatre);
    }

    @Override
    public SceneResult play(Theatre theatre, Narrator narrator) {
        ResolvedLimit patience = theatre.patience(route);
        Duration most = Duration.ofNanos(patience.value().nanos()).plus(Judging.SLACK);
        Commentary commentary =
                new Commentary(
                        narrator,
                        patience,
                        theatre.limit(route, Limit.STREAM_IDLE),
                        Integer.MAX_VALUE);
        long last = theatre.lastSeen();

        commentary.begin("asks route " + route + " for a stream");
        Reply reply =
                Caller.ask(Caller.request(theatre.url(), Dialect.OPENAI, route), most, commentary);
        List<JournalEntry> attempts = theatre.seenSince(last);
        narrator.saw("providers: " + attempts.size() + " attempts seen", null);
        return judge(reply, attempts, patience);
    }

    private SceneResult judge(Reply reply, List<JournalEntry> attempts, ResolvedLimit patience) {
        long waited = reply.firstTokenNanos().orElse(0L);
        boolean isComplete = reply.isFinished() && reply.failure().isEmpty();
        Checks checks =
                new Checks()
                        .that(reply.status() == 200, "status " + reply.status())
                        .that(isComplete, "the answer is not complete")
                        .that(
                                reply.tokens() == Cast.TOKENS,
                                reply.tokens() + " tokens instead of " + Cast.TOKENS)
                        .that(attempts.size() == 2, attempts.size() + " attempts instead of 2")
                        .that(
                                !isSilent || waited >= patience.value().nanos(),
                                "the fallback came before the patience was over")
                        .that(
                                !isSilent
                                        || waited
                                                <= patience.value().nanos()
                                                        + 2 * Judging.LATE.nanos(),
                                "the fallback came late");
        reply.broken().ifPresent(broken -> checks.that(false, broken.why()));
        return new SceneResult(
                name,
                isComplete ? "complete, " + reply.tokens() + " tokens" : "incomplete",
                "complete",
                Text.seconds(waited) + " to a token",
                isSilent ? Judging.words(patience) : "mid-stream: hold",
                "It was healed: the second target answered after "
                        + Text.seconds(waited)
                        + ", and the client saw one whole answer.",
                checks.deviations());
    }
}
