package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.config.Dialect;
import dev.ebbgate.core.ledger.Entry;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/// What was seen of the attempts at one target that came out alike.
///
/// @param duration from an attempt's start to its end
/// @param firstChunk from an attempt's start to its first token
/// @param input tokens of prompts
/// @param output tokens of answers
record TargetMeters(
        Timer duration, Timer firstChunk, DistributionSummary input, DistributionSummary output) {

    /// What attempts have in common.
    ///
    /// @param target `provider/model`
    /// @param error empty where there was an answer
    record Place(
            String operation, Dialect dialect, String target, Entry.Cause cause, String error) {

        private Tags tags() {
            int slash = target.indexOf('/');
            return Tags.of(
                    Names.OPERATION,
                    Names.operation(operation),
                    Names.PROVIDER,
                    dialect.key(),
                    Names.REQUEST_MODEL,
                    slash < 0 ? target : target.substring(slash + 1),
                    Names.TARGET,
                    target,
                    Names.CAUSE,
                    cause.key(),
                    Names.ERROR,
                    error);
        }
    }

    TargetMeters(MeterRegistry registry, Place place) {
        this(
                Names.timer("gen_ai.client.operation.duration", place.tags(), Buckets.whole())
                        .description("Start of an attempt to its end")
                        .register(registry),
                Names.timer(
                                "gen_ai.client.operation.time_to_first_chunk",
                                place.tags(),
                                Buckets.firstToken())
                        .description("Start of an attempt to its first token")
                        .register(registry),
                tokens(registry, place, "input"),
                tokens(registry, place, "output"));
    }

    private static DistributionSummary tokens(MeterRegistry registry, Place place, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of an attempt, as its provider counted them")
                .baseUnit("tokens")
                .tags(place.tags().and(Names.TOKEN_TYPE, type))
                .serviceLevelObjectives(Buckets.tokens())
                .register(registry);
    }
}
