package dev.ebbgate.cli.demo;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// All that the client saw of one exchange, in order.
record Reply(List<Seen> seen) {

    Reply {
        seen = List.copyOf(seen);
    }

    /// The status, or 0 if no head came.
    int status() {
        return of(Seen.Head.class).findFirst().map(Seen.Head::status).orElse(0);
    }

    long tokens() {
        return of(Seen.Token.class).count();
    }

    /// Whether the answer was ended formally.
    boolean isFinished() {
        return of(Seen.Finished.class).findAny().isPresent();
    }

    Optional<Seen.Failed> failure() {
        return of(Seen.Failed.class).findFirst();
    }

    Optional<Seen.Left> left() {
        return of(Seen.Left.class).findFirst();
    }

    Optional<Seen.Broken> broken() {
        return of(Seen.Broken.class).findFirst();
    }

    /// When the first piece of the answer came.
    Optional<Long> firstTokenNanos() {
        return of(Seen.Token.class).findFirst().map(Seen::atNanos);
    }

    /// When the last piece of the answer came, or 0 if none did.
    long lastTokenNanos() {
        return of(Seen.Token.class).mapToLong(Seen::atNanos).max().orElse(0);
    }

    /// The keep-alives among what is as wanted.
    long keepAlives(Predicate<Seen> wanted) {
        return of(Seen.KeptAlive.class).filter(wanted).count();
    }

    private <T extends Seen> Stream<T> of(Class<T> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast);
    }
}
