package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.Backoff;
import dev.ebbgate.core.policy.Failover;
import dev.ebbgate.core.policy.MidStream;
import dev.ebbgate.core.policy.Trigger;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads `failover: {…}`, at the top and in a route; what is absent is inherited, key by key.
final class FailoverReader {

    private static final Set<String> KEYS =
            Set.of(
                    "when",
                    "first-token",
                    "retries",
                    "backoff",
                    "retry-after-max",
                    "reserve",
                    "mid-stream",
                    "hold-max",
                    "hedge");
    private static final String HEDGE = "off, or {after: 20s}";

    private final Section section;
    private final Failover inherited;

    private FailoverReader(Section section, Failover inherited) {
        this.section = section;
        this.inherited = inherited;
    }

    /// What `level` says of failover, upon what it inherits.
    static Failover read(Section level, Failover inherited) {
        return new FailoverReader(level.section("failover", KEYS), inherited).read();
    }

    private Failover read() {
        MidStream midStream = inherited.midStream();
        return new Failover(
                when(section.get("when")),
                Written.sourced(
                        section.get("first-token"),
                        Span::parse,
                        WaitingReader.DURATION,
                        inherited.firstToken()),
                Written.count(
                        section.get("retries"), 0, Failover.MOST_RETRIES, inherited.retries()),
                backoff(section.section("backoff", Set.of("base", "max", "jitter"))),
                Written.wait(section.get("retry-after-max"), inherited.retryAfterMax()),
                Written.wait(section.get("reserve"), inherited.reserve()),
                new MidStream(
                        Written.choice(
                                section.get("mid-stream"),
                                List.of(MidStream.Mode.values()),
                                MidStream.Mode::key,
                                midStream.mode()),
                        Written.size(section.get("hold-max"), midStream.holdMax())),
                hedge(section.get("hedge")));
    }

    private Set<Trigger> when(@Nullable Field field) {
        if (field == null) {
            return inherited.when();
        }
        Set<Trigger> when = EnumSet.noneOf(Trigger.class);
        for (Field item : field.items("[connect, first-token]")) {
            Trigger trigger = item.read(FailoverReader::trigger, "for example connect");
            if (trigger != null) {
                when.add(trigger);
            }
        }
        return when;
    }

    private static Trigger trigger(String text) {
        Trigger trigger = Trigger.named(text);
        if (trigger == null) {
            Set<String> known = new TreeSet<>();
            Arrays.stream(Trigger.values()).map(Trigger::key).forEach(known::add);
            throw new IllegalArgumentException(
                    "unknown trigger; write " + Section.meant(text, known));
        }
        return trigger;
    }

    private Backoff backoff(Section section) {
        Backoff farther = inherited.backoff();
        Field baseField = section.get("base");
        Field maxField = section.get("max");
        Span base = Written.wait(baseField, farther.base());
        Span max = Written.wait(maxField, farther.max());
        Backoff.Jitter jitter =
                Written.choice(
                        section.get("jitter"),
                        List.of(Backoff.Jitter.values()),
                        Backoff.Jitter::key,
                        farther.jitter());
        if (!base.isLongerThan(max)) {
            return new Backoff(base, max, jitter);
        }
        if (maxField != null) {
            maxField.refuse("max " + max + " is shorter than base " + base + "; write " + base);
        } else if (baseField != null) {
            baseField.refuse("base " + base + " is longer than max " + max + "; write " + max);
        }
        return farther;
    }

    private Span hedge(@Nullable Field field) {
        if (field == null) {
            return inherited.hedgeAfter();
        }
        if (!field.isScalar()) {
            Field after = field.section(Set.of("after")).require("after", "20s");
            return Written.wait(after, inherited.hedgeAfter());
        }
        String text = field.text();
        if (text != null && !text.equals("off")) {
            field.refuse("a hedge is off or has a time; write " + HEDGE);
        }
        return Span.OFF;
    }
}
