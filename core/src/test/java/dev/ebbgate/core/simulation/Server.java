package dev.ebbgate.core.simulation;

import dev.ebbgate.core.exchange.UpstreamEvent;
import dev.ebbgate.core.exchange.UpstreamEvent.Broke;
import dev.ebbgate.core.exchange.UpstreamEvent.Signal;
import dev.ebbgate.core.limit.Span;

import java.util.Random;
import java.util.function.Consumer;

/// A model server: a name, a behaviour, and what was seen of it.
final class Server {

    /// How it answers.
    interface Behaviour {
        /// What becomes of a request that arrives now.
        ///
        /// @param kiloTokens the size of the prompt
        /// @param others how many requests it has in hand besides
        Reply to(double kiloTokens, int others, long nowNanos, Random random);
    }

    private static final long CONNECT = Span.ofMillis(5).nanos();

    final String name;
    private final Behaviour behaviour;
    private final VirtualTime time;
    private int inHand;
    private int mostInHand;
    private int asked;

    Server(String name, VirtualTime time, Behaviour behaviour) {
        this.name = name;
        this.time = time;
        this.behaviour = behaviour;
    }

    /// Takes a request and tells what becomes of it.
    Answering take(double kiloTokens, Random random, Consumer<UpstreamEvent> listener) {
        asked++;
        Reply reply = behaviour.to(kiloTokens, inHand++, time.nowNanos(), random);
        mostInHand = Math.max(mostInHand, inHand);
        Answering answering = new Answering(reply, listener);
        answering.begin();
        return answering;
    }

    int asked() {
        return asked;
    }

    int mostInHand() {
        return mostInHand;
    }

    /// One answer on its way.
    final class Answering {

        final Reply reply;
        private final Consumer<UpstreamEvent> listener;
        private boolean open = true;
        private boolean spoken;

        private Answering(Reply reply, Consumer<UpstreamEvent> listener) {
            this.reply = reply;
            this.listener = listener;
        }

        private void begin() {
            long now = time.nowNanos();
            time.at(now + CONNECT, () -> tell(Signal.CONNECTED));
            if (reply.tokens() > 0) {
                time.at(now + CONNECT + reply.firstNanos(), () -> token(1));
            } else if (!reply.hangs()) {
                time.at(now + CONNECT + reply.firstNanos(), this::end);
            }
        }

        private void token(int count) {
            spoken = true;
            tell(Signal.TOKEN_ARRIVED);
            if (count < reply.tokens()) {
                time.at(time.nowNanos() + reply.gapNanos(), () -> token(count + 1));
            } else if (!reply.hangs()) {
                end();
            }
        }

        private void end() {
            if (reply.failure() == null) {
                tell(Signal.FINISHED);
                tell(Signal.DONE);
            } else {
                tell(new Broke(reply.failure()));
            }
            close();
        }

        private void tell(UpstreamEvent event) {
            if (open) {
                listener.accept(event);
            }
        }

        boolean isOpen() {
            return open;
        }

        boolean hasSpoken() {
            return spoken;
        }

        /// Nothing more of it is wanted. May be repeated.
        void close() {
            if (open) {
                open = false;
                inHand--;
            }
        }
    }
}
