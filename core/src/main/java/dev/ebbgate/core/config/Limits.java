package dev.ebbgate.core.config;

import dev.ebbgate.core.limit.Span;
import dev.ebbgate.core.setting.Size;
import dev.ebbgate.core.setting.Sourced;

/// The gateway's bounds on itself and on its clients.
public record Limits(Sizes sizes, Waits waits) {

    public static final Limits DEFAULT = new Limits(Sizes.DEFAULT, Waits.DEFAULT);

    /// How much is held.
    ///
    /// @param requestBody the longest request body
    /// @param event the longest single event of a stream, either way
    /// @param header the longest request head
    /// @param buffered memory for bodies and held events, over all exchanges
    /// @param exchanges how many may be under way at once
    public record Sizes(
            Sourced<Size> requestBody,
            Sourced<Size> event,
            Sourced<Size> header,
            Sourced<Size> buffered,
            Sourced<Integer> exchanges) {

        /// The largest body, event or head: each is held in one array.
        public static final Size LARGEST = Size.ofMiB(1024);

        public static final Sizes DEFAULT =
                new Sizes(
                        Sourced.byDefault(Size.ofMiB(32)),
                        Sourced.byDefault(Size.ofMiB(16)),
                        Sourced.byDefault(Size.ofKiB(64)),
                        Sourced.byDefault(Size.ofMiB(256)),
                        Sourced.byDefault(10_000));

        public Sizes {
            requireArray(requestBody);
            requireArray(event);
            requireArray(header);
            if (exchanges.value() <= 0) {
                throw new IllegalArgumentException("exchanges is positive");
            }
        }

        private static void requireArray(Sourced<Size> size) {
            if (size.value().bytes() > LARGEST.bytes()) {
                throw new IllegalArgumentException("at most " + LARGEST);
            }
        }
    }

    /// How long the gateway waits on its own account. None can be off: each guards a resource.
    ///
    /// @param requestRead first byte of a request → its last
    /// @param clientStall the client takes nothing of what waits for it
    /// @param afterFinish the answer is complete → the provider's formal end
    /// @param drain SIGTERM → what still runs is ended
    public record Waits(
            Sourced<Span> requestRead,
            Sourced<Span> clientStall,
            Sourced<Span> afterFinish,
            Sourced<Span> drain) {

        public static final Waits DEFAULT =
                new Waits(
                        Sourced.byDefault(Span.ofSeconds(60)),
                        Sourced.byDefault(Span.ofSeconds(300)),
                        Sourced.byDefault(Span.ofSeconds(5)),
                        Sourced.byDefault(Span.ofSeconds(600)));

        public Waits {
            requireOn(requestRead);
            requireOn(clientStall);
            requireOn(afterFinish);
            requireOn(drain);
        }

        private static void requireOn(Sourced<Span> wait) {
            if (wait.value().isOff()) {
                throw new IllegalArgumentException("it cannot be off");
            }
        }
    }
}
