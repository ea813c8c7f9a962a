package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;

import java.time.Duration;
import java.util.Locale;

/// A provider that thinks for longer than it may be silent in mid-stream, and is right to.
final class LongPrefill implements Scene {

    private static final String ROUTE = "patient";

    @Override
    public String name() {
        return "long prefill";
    }

    @Override
    public String title() {
        return "A long prefill survives";
    }

    @Override
    public String told(Theatre theatre) {
        return "A provider reads a long prompt and says nothing for "
                + theatre.tempo().prefill()
                + ". In mid-stream this route ends a silence of "
                + theatre.limit(ROUTE, Limit.STREAM_IDLE).value()
                + "; for the first token it allows "
                + theatre.limit(ROUTE, Limit.FIRST_TOKEN).value()
                + ". The client gets keep-alives meanwhile, so nothing on its side gives up.";
    }

    @Override
    public SceneResult play(Theatre theatre, Narrator narrator) {
        ResolvedLimit first = theatre.limit(ROUTE, Limit.FIRST_TOKEN);
        ResolvedLimit idle = theatre.limit(ROUTE, Limit.STREAM_IDLE);
        Duration patience = Duration.ofNanos(theatre.tempo().prefill().nanos()).plus(Judging.SLACK);
        Commentary commentary = new Commentary(narrator, first, idle, Integer.MAX_VALUE);

        commentary.begin("asks route " + ROUTE + " for a stream");
        Reply reply =
                Caller.ask(
                        Caller.request(theatre.url(), Dialect.OPENAI, ROUTE), patience, commentary);
        return judge(reply, first, idle);
    }

    private SceneResult judge(Reply reply, ResolvedLimit first, ResolvedLimit idle) {
        long silence = reply.firstTokenNanos().orElse(0L);
        long keepAlives = reply.keepAlives(seen -> seen.atNanos() <= silence);
        boolean isComplete = reply.isFinished() && reply.failure().isEmpty();
        Checks checks =
                new Checks()
                        .that(reply.status() == 200, "status " + reply.status())
                        .that(isComplete, "the answer is not complete")
                        .that(reply.tokens() > 0, "no token came")
                        .that(
                                silence > idle.value().nanos(),
                                "the silence was no longer than " + idle.value())
                        .that(keepAlives >= 2, "keep-alives before the first token: " + keepAlives);
        reply.broken().ifPresent(broken -> checks.that(false, broken.why()));
        return new SceneResult(
                name(),
                isComplete ? "complete, " + reply.tokens() + " tokens" : "incomplete",
                "complete",
                Text.seconds(silence) + " of silence",
                Judging.words(first),
                "It survived: this silence was "
                        + times(silence, idle)
                        + " what mid-stream allows, and the answer came whole.",
                checks.deviations());
    }

    private static String times(long silence, ResolvedLimit idle) {
        double times = (double) silence / idle.value().nanos();
        return String.format(Locale.ROOT, "%.1f times", times);
    }
}
