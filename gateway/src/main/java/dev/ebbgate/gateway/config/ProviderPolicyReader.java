package dev.ebbgate.gateway.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.policy.BreakerSettings;
import dev.ebbgate.core.policy.Capacity;
import dev.ebbgate.core.policy.Continuation;
import dev.ebbgate.core.policy.ProviderPolicy;
import dev.ebbgate.core.setting.Sourced;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Reads what a provider can bear: its breaker, its queue, and whether it continues.
final class ProviderPolicyReader {

    /// The keys it reads in a provider.
    static final Set<String> KEYS = Set.of("max-in-flight", "queue", "continuation", "breaker");

    private static final Set<String> BREAKER =
            Set.of("failures", "window", "cooldown", "cooldown-max", "last-resort");
    private static final int MOST = 1_000_000;

    private ProviderPolicyReader() {}

    static ProviderPolicy read(Section provider) {
        return new ProviderPolicy(
                capacity(provider.get("max-in-flight"), provider.get("queue")),
                breaker(provider.section("breaker", BREAKER)),
                Written.choice(
                        provider.get("continuation"),
                        List.of(Continuation.values()),
                        Continuation::key,
                        Continuation.NONE));
    }

    private static Capacity capacity(@Nullable Field most, @Nullable Field queueField) {
        int maxInFlight =
                Written.value(
                        most,
                        ProviderPolicyReader::maxInFlight,
                        "off, or 1 to " + MOST,
                        Capacity.UNLIMITED);
        Sourced<Span> queue =
                Written.sourced(
                        queueField,
                        Written::wait,
                        "a duration such as 30s",
                        Capacity.DEFAULT.queue());
        if (queueField != null && maxInFlight == Capacity.UNLIMITED) {
            queueField.warn(
                    "nobody ever queues, as max-in-flight is off; write max-in-flight beside it");
        }
        return new Capacity(maxInFlight, queue);
    }

    private static Integer maxInFlight(String text) {
        if (text.equals("off")) {
            return Capacity.UNLIMITED;
        }
        if (!text.matches("[1-9]\\d{0,6}") || Integer.parseInt(text) > MOST) {
            throw new IllegalArgumentException(
                    "not a number of attempts; write off, or 1 to " + MOST);
        }
        return Integer.valueOf(text);
    }

    private static BreakerSettings breaker(Section section) {
        BreakerSettings byDefault = BreakerSettings.DEFAULT;
        Field first = section.get("cooldown");
        Field longest = section.get("cooldown-max");
        Span cooldown = Written.wait(first, byDefault.cooldown());
        Span max = Written.wait(longest, byDefault.cooldownMax());
        if (cooldown.isLongerThan(max)) {
            Field field = longest == null ? first : longest;
            if (field != null) {
                field.refuse(
                        "cooldown "
                                + cooldown
                                + " is longer than cooldown-max "
                                + max
                                + "; write a longer cooldown-max");
            }
            max = cooldown;
        }
        return new BreakerSettings(
                Written.count(section.get("failures"), 1, MOST, byDefault.failures()),
                Written.wait(section.get("window"), byDefault.window()),
                cooldown,
                max,
                Written.count(section.get("last-resort"), 1, MOST, byDefault.lastResort()));
    }
}
