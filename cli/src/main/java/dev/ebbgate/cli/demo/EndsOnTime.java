package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.sim.JournalEntry;

import java.time.Duration;
import java.util.Optional;

/// A provider that dies, and a limit that ends the exchange on time, honestly, on both sides.
record EndsOnTime(
        String name,
        String title,
        Plot plot,
        String route,
        Dialect dialect,
        Limit limit,
        int status)
        implements Scene {

    /// What is going to happen, given the limit.
    interface Plot {
        String told(Theatre theatre, ResolvedLimit limit);
    }

    static final Scene STALL =
            new EndsOnTime(
                    "stall",
                    "A stall in mid-stream ends on time, and says so",
                    (_, limit) ->
                            "A provider says a few words and then nothing, its connection open. "
                                    + "After "
                                    + limit.value()
                                    + " the gateway closes it and ends the answer with an error:"
                                    + " an end without one would pass for a complete answer.",
                    "steady",
                    Dialect.OPENAI,
                    Limit.STREAM_IDLE,
                    200);

    static final Scene SILENCE =
            new EndsOnTime(
                    "silent provider",
                    "A silent provider is not waited for in vain",
                    (_, limit) ->
                            "A provider accepts the request and never answers. This route allows "
                                    + limit.value()
                                    + " for the first token and has no keep-alives: the head has"
                                    + " not left yet, so the error is a true status.",
                    "brisk",
                    Dialect.OPENAI,
                    Limit.FIRST_TOKEN,
                    504);

    static final Scene PINGS =
            new EndsOnTime(
                    "only pings",
                    "Pings are not progress (Anthropic)",
                    (theatre, limit) ->
                            "A provider stalls but pings every "
                                    + theatre.tempo().ping()
                                    + ", so a limit on silence alone ("
                                    + theatre.limit("eager", Limit.STREAM_IDLE).value()
                                    + ") would wait for ever. The limit no-progress counts"
                                    + " tokens only: "
                                    + limit.value()
                                    + ".",
                    "eager",
                    Dialect.ANTHROPIC,
                    Limit.NO_PROGRESS,
                    200);

    @Override
    public String told(Theatre theatre) {
        return plot.told(theatre, theatre.limit(route, limit));
    }

    @Override
    public SceneResult play(Theatre theatre, Narrator narrator) {
        ResolvedLimit expected = theatre.limit(route, limit);
        ResolvedLimit then =
                limit == Limit.FIRST_TOKEN ? theatre.limit(route, Limit.STREAM_IDLE) : expected;
        Duration patience = Duration.ofNanos(expected.value().nanos()).plus(Judging.SLACK);
        Commentary commentary =
                new Commentary(
                        narrator, theatre.limit(route, Limit.FIRST_TOKEN), then, Integer.MAX_VALUE);
        long last = theatre.lastSeen();

        commentary.begin("asks route " + route + " for a stream");
        Reply reply =
                Caller.ask(Caller.request(theatre.url(), dialect, route), patience, commentary);
        Optional<JournalEntry> closed = Judging.closedByPeer(theatre, last);
        closed.ifPresent(
                entry -> narrator.saw("provider: the gateway closed at " + at(entry), null));
        return judge(reply, expected, closed.isPresent());
    }

    /// On the provider's clock, which starts when it got the request.
    private static String at(JournalEntry entry) {
        return Text.seconds(entry.peerClosedMs().orElse(0) * 1_000_000);
    }

    private SceneResult judge(Reply reply, ResolvedLimit expected, boolean isClosed) {
        boolean isMidStream = limit != Limit.FIRST_TOKEN;
        Checks checks =
                new Checks()
                        .that(reply.status() == status, "status " + reply.status())
                        .that(!reply.isFinished(), "the answer was ended as if it were complete")
                        .that(!isMidStream || reply.tokens() > 0, "no token came before")
                        .that(isClosed, "the upstream was not closed");
        reply.broken().ifPresent(broken -> checks.that(false, broken.why()));
        Optional<Seen.Failed> failed = reply.failure();
        checks.that(failed.isPresent(), "no error came");
        failed.ifPresent(failure -> judge(failure.failing(), expected, checks));
        long waited = failed.map(Seen::atNanos).orElse(0L) - reply.lastTokenNanos();
        failed.ifPresent(_ -> checks.that(isOnTime(waited, expected), "not on time"));
        return new SceneResult(
                name,
                failed.map(failure -> "error " + failure.failing().limit()).orElse("no error"),
                limit.key() + " at " + expected.value(),
                failed.isPresent() ? Text.seconds(waited) + " of silence" : "-",
                Judging.words(expected),
                "It ended after "
                        + Text.seconds(waited)
                        + " of a limit of "
                        + expected.value()
                        + ", and both sides were told.",
                checks.deviations());
    }

    /// The gateway's own account of it.
    private static void judge(Failing failing, ResolvedLimit expected, Checks checks) {
        long limitMs = expected.value().millis();
        checks.that(
                        failing.limit().equals(expected.limit().key()),
                        "the error names the limit " + failing.limit())
                .that(
                        failing.source().equals(expected.source()),
                        "the error names the source " + failing.source())
                .that(failing.elapsedMs() >= limitMs, "the limit fired early")
                .that(
                        failing.elapsedMs() <= limitMs + Judging.LATE.millis(),
                        "the limit fired late");
    }

    /// The client's account: it may have seen the last token late and so the silence too short.
    private static boolean isOnTime(long waitedNanos, ResolvedLimit expected) {
        long off = waitedNanos - expected.value().nanos();
        return off >= -expected.value().nanos() / 4 && off <= 2 * Judging.LATE.nanos();
    }
}
