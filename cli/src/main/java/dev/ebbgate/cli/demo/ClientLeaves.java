package dev.ebbgate.cli.demo;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.limit.Limit;
import dev.ebbgate.core.limit.ResolvedLimit;
import dev.ebbgate.core.limit.Span;
import dev.ebbgate.sim.JournalEntry;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// A client that goes away while its provider still thinks.
final class ClientLeaves implements Scene {

    private static final String ROUTE = "patient";
    private static final int KEEP_ALIVES = 2;

    /// Ten times what the gateway promises: other programs run on this machine as well.
    private static final Span SOON = Span.ofMillis(500);

    @Override
    public String name() {
        return "client leaves";
    }

    @Override
    public String title() {
        return "A client leaves, and its upstream closes";
    }

    @Override
    public String told(Theatre theatre) {
        return "The slow provider again. This time the client goes away after "
                + KEEP_ALIVES
                + " keep-alives, in mid-prefill. Nobody wants the answer any more, so nobody"
                + " should pay for it: the provider's journal tells when it was let go.";
    }

    @Override
    public SceneResult play(Theatre theatre, Narrator narrator) {
        ResolvedLimit first = theatre.limit(ROUTE, Limit.FIRST_TOKEN);
        Commentary commentary =
                new Commentary(
                        narrator, first, theatre.limit(ROUTE, Limit.STREAM_IDLE), KEEP_ALIVES);
        Duration patience =
                Duration.ofNanos(KEEP_ALIVES * theatre.tempo().keepAlive().nanos())
                        .plus(Judging.SLACK);
        long last = theatre.lastSeen();

        commentary.begin("asks route " + ROUTE + " for a stream");
        Reply reply =
                Caller.ask(
                        Caller.request(theatre.url(), Dialect.OPENAI, ROUTE), patience, commentary);
        OptionalLong millis = closedAfter(reply, Judging.closedByPeer(theatre, last));
        millis.ifPresent(
                ms -> narrator.saw("provider: the gateway closed " + ms + "ms later", null));
        return judge(reply, millis);
    }

    /// From the client's leaving to the provider's seeing it.
    private static OptionalLong closedAfter(Reply reply, Optional<JournalEntry> closed) {
        if (closed.isEmpty() || reply.left().isEmpty()) {
            return OptionalLong.empty();
        }
        JournalEntry entry = closed.get();
        long closedMillis = entry.times().startedAt() + entry.peerClosedMs().orElse(0);
        return OptionalLong.of(closedMillis - reply.left().get().atMillis());
    }

    private SceneResult judge(Reply reply, OptionalLong millis) {
        Checks checks =
                new Checks()
                        .that(reply.left().isPresent(), "there was nothing to leave")
                        .that(reply.tokens() == 0, "the prefill was over already")
                        .that(millis.isPresent(), "the upstream was not closed");
        reply.broken().ifPresent(broken -> checks.that(false, broken.why()));
        millis.ifPresent(ms ->
                checks.that(
                        ms <= SOON.millis(), "the upstream was closed only after " + ms + "ms"));
        return new SceneResult(
                name(),
                millis.isPresent() ? "upstream closed" : "upstream not closed",
                "within " + SOON,
                millis.isPresent() ? millis.getAsLong() + "ms after" : "-",
                "no limit: the client's leaving is enough",
                "The provider was let go " + millis.orElse(0) + "ms after the client had left.",
                checks.deviations());
    }
}
