package dev.ebbgate.gateway.metrics;

import dev.ebbgate.core.exchange.Outcome;
import dev.ebbgate.core.failure.Failure;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The value of `error.type`: few and stable, so the details of a cause are left out, and a status
/// that nobody knows is named by its class: a provider may send any number.
public final class ErrorType {

    private static final String DETAILS = ":";

    /// Those registered with IANA.
    private static final Set<Integer> REGISTERED =
            among("300-308 400-418 421-426 428 429 431 451 500-508 510 511");

    /// Those that proxies send, and some providers: nginx, load balancers of AWS, Cloudflare and
    /// Anthropic (529).
    private static final Set<Integer> OF_THE_FIELD =
            among("444 460 463 494-499 509 520-530 561 598 599");

    private ErrorType() {}

    private static Set<Integer> among(String ranges) {
        return Stream.of(ranges.split(" "))
                .map(range -> range.split("-"))
                .flatMapToInt(ends ->
                        IntStream.rangeClosed(
                                Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1])))
                .boxed()
                .collect(Collectors.toUnmodifiableSet());
    }

    /// Empty where there is an answer.
    public static String of(Outcome outcome) {
        if (outcome instanceof Outcome.Failed(Failure failure)) {
            return of(failure);
        }
        String cause = outcome.cause();
        return cause == null ? Labels.NONE : withoutDetails(cause);
    }

    private static String of(Failure failure) {
        return switch (failure) {
            case Failure.BadStatus refusal -> status(refusal.status()); // as the conventions say
            case Failure.StreamError error -> "stream-error " + status(error.status());
            default -> withoutDetails(failure.cause());
        };
    }

    private static String status(int status) {
        if (REGISTERED.contains(status) || OF_THE_FIELD.contains(status)) {
            return Integer.toString(status);
        }
        return status < 600 ? status / 100 + "xx" : Labels.OTHER;
    }

    private static String withoutDetails(String cause) {
        int details = cause.indexOf(DETAILS);
        return details < 0 ? cause : cause.substring(0, details);
    }
}
