package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.config.Dialect;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/// What clients saw of the exchanges of one route that came out alike.
///
/// @param duration from the request's arrival to the exchange's end
/// @param firstToken from the request's arrival to the first token of the answer
/// @param perToken the time between two tokens, on average over an answer
record RouteMeters(Timer duration, Timer firstToken, Timer perToken) {

    /// What exchanges have in common.
    ///
    /// @param error empty where there was an answer
    record Place(String operation, Dialect dialect, String route, boolean streamed, String error) {

        private Tags tags() {
            return Tags.of(
                    Names.OPERATION, Names.operation(operation),
                    Names.PROVIDER, dialect.key(),
                    Names.REQUEST_MODEL, route,
                    Names.STREAMED, Boolean.toString(streamed),
                    Names.ERROR, error);
        }
    }

    RouteMeters(MeterRegistry registry, Place place) {
        this(
                Names.timer("gen_ai.server.request.duration", place.tags(), Buckets.whole())
                        .description("Request received to last byte handed to the client")
                        .register(registry),
                Names.timer("gen_ai.server.time_to_first_token", place.tags(), Buckets.firstToken())
                        .description("Request received to the first token of the answer")
                        .register(registry),
                Names.timer("gen_ai.server.time_per_output_token", place.tags(), Buckets.perToken())
                        .description("Between two tokens after the first, averaged over an answer")
                        .register(registry));
    }
}
