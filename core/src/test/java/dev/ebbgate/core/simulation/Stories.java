package dev.ebbgate.core.simulation;

import dev.ebbgate.core.failure.Failure;
import dev.ebbgate.core.failure.Failure.BadStatus;
import dev.ebbgate.core.failure.Meaning;
import dev.ebbgate.core.simulation.Server.Behaviour;

import java.util.List;
import java.util.Random;

/// The stories, each about one way in which providers misbehave.
final class Stories {

    private static final Failure UNAVAILABLE = new BadStatus(503, true, Meaning.PLAIN, null);

    /// From a measured backend (criterion O): seconds of prefill for so many thousand tokens.
    static double prefillSeconds(double kiloTokens) {
        return 0.3554 * kiloTokens + 0.0010053 * kiloTokens * kiloTokens;
    }

    static final Story BLACK_HOLE =
            new Story(
                    "black hole",
                    "The primary takes requests and never answers, for ten minutes. Nobody is left"
                            + " without an answer; after the first have waited out their patience"
                            + " only probes go there; it is used again when it is back.",
                    2,
                    1_200,
                    world ->
                            world.server(
                                            "primary",
                                            (_, _, now, r) ->
                                                    now < at(600) ? Reply.silent() : quick(r))
                                    .server("second", healthy()));

    static final Story SLOW_PREFILL =
            new Story(
                    "slow prefill",
                    "Prompts of 50 to 250 thousand tokens on a healthy primary, first tokens after"
                            + " up to two and a half minutes. Slow is not dead: nothing is killed.",
                    1,
                    900,
                    world ->
                            world.prompts(r -> 50 + 200 * r.nextDouble())
                                    .server(
                                            "primary",
                                            (k, _, _, _) -> Reply.good(prefillSeconds(k)))
                                    .server("second", healthy()));

    static final Story STORM =
            new Story(
                    "5xx storm",
                    "The primary answers 503 from the first to the third minute. Nobody notices;"
                            + " the primary is spared; it is back within a cooldown.",
                    10,
                    420,
                    world ->
                            world.server(
                                            "primary",
                                            (_, _, now, r) ->
                                                    now >= at(60) && now < at(180)
                                                            ? Reply.fails(0.05, UNAVAILABLE)
                                                            : quick(r))
                                    .server("second", healthy()));

    static final Story DRIFT =
            new Story(
                    "drifting tail",
                    "First tokens of the primary get slower over twenty minutes, from 2 s to about"
                        + " a minute in the median and far more in the tail. What is slow is waited"
                        + " for; only what exceeds the patience moves on, and no breaker opens.",
                    2,
                    1_200,
                    world ->
                            world.server(
                                            "primary",
                                            (_, _, now, r) ->
                                                    Reply.good((2 + now / 2e10) * skewed(r)))
                                    .server("second", healthy()));

    static final Story FLAPPING =
            new Story(
                    "flapping",
                    "The primary refuses for four seconds of every six, for a minute. It is used"
                            + " again within 30 s of its recovery, and probed by one attempt at a"
                            + " time.",
                    10,
                    180,
                    world ->
                            world.server(
                                            "primary",
                                            (_, _, now, r) ->
                                                    now < at(60) && now % at(6) < at(4)
                                                            ? Reply.fails(0.05, UNAVAILABLE)
                                                            : quick(r))
                                    .server("second", healthy()));

    static final Story THIRD_IS_SLOW =
            new Story(
                    "two down, third slow",
                    "One refuses connections, one breaks every stream before its first token, the"
                            + " third needs a minute. Everybody is answered by the third, and soon"
                            + " without asking the others first.",
                    1,
                    600,
                    world ->
                            world.server(
                                            "primary",
                                            (_, _, _, _) ->
                                                    Reply.fails(
                                                            0.001,
                                                            new Failure.ConnectFailed(
                                                                    "connection refused")))
                                    .server(
                                            "second",
                                            (_, _, _, _) -> Reply.fails(1, new Failure.Reset()))
                                    .server(
                                            "third",
                                            (_, _, _, r) ->
                                                    Reply.good(60 * (0.9 + 0.2 * r.nextDouble()))));

    static final Story CROWDED =
            new Story(
                    "contention, no max-in-flight",
                    "A server that can work on four requests at a time and thrashes beyond that,"
                        + " asked for four fifths of what it can do. Every crowd makes it slower,"
                        + " and slower makes a crowd.",
                    0.3,
                    1_800,
                    world -> world.server("only", thrashing()));

    static final Story QUEUED =
            new Story(
                    "contention, max-in-flight 4",
                    "The same server with `max-in-flight: 4`: whoever finds no place waits before"
                            + " the server, not in it.",
                    0.3,
                    1_800,
                    world -> world.server("only", 4, thrashing()));

    static final List<Story> ALL =
            List.of(
                    BLACK_HOLE,
                    SLOW_PREFILL,
                    STORM,
                    DRIFT,
                    FLAPPING,
                    THIRD_IS_SLOW,
                    CROWDED,
                    QUEUED);

    private Stories() {}

    private static long at(double seconds) {
        return Reply.nanos(seconds);
    }

    private static Behaviour healthy() {
        return (_, _, _, random) -> quick(random);
    }

    private static Reply quick(Random random) {
        return Reply.good(0.5 + random.nextDouble());
    }

    /// Ten seconds for each of up to four at a time; beyond that everybody pays for the crowd
    /// twice.
    private static Behaviour thrashing() {
        return (_, others, _, _) -> {
            double crowd = Math.max(1, (others + 1) / 4.0);
            return Reply.good(10 * crowd * crowd);
        };
    }

    /// Mostly near 1, now and then several times as much.
    private static double skewed(Random random) {
        return StrictMath.exp(0.6 * bell(random));
    }

    /// About normal: the sum of twelve, for the same figures on every machine.
    private static double bell(Random random) {
        return random.doubles(12).sum() - 6;
    }
}
