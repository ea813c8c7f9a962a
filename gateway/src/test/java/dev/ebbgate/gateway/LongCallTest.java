package dev.ebbgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ebbgate.gateway.Reply.End;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// ONE call that takes longer than 30 s, the constant that many a library and gateway hides.
@Order(1)
class LongCallTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SLOW = "lead=none;prefill=35s;tokens=2";

    @Test
    @DisplayName("P4 P1 P2 O4 one upstream call of 35 s answers, with nothing configured")
    void callOf35Seconds_isAnswered() throws Exception {
        List<Ask> asks = new ArrayList<>();
        for (Speech speech : Speech.values()) {
            asks.add(speech.stream(SLOW));
            asks.add(speech.whole(SLOW));
            asks.add(speech.stream(SLOW).at(speech.keptProvider()));
        }

        List<Future<Reply>> replies = new ArrayList<>();
        try (GatewayFixture fixture = GatewayFixture.with("");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            asks.forEach(ask -> replies.add(callers.submit(() -> call(fixture, ask))));

            for (int i = 0; i < asks.size(); i++) {
                check(asks.get(i), replies.get(i).get());
            }
        }
    }

    private static Reply call(GatewayFixture fixture, Ask ask) {
        try (RawClient client = fixture.client()) {
            client.send(ask);
            return client.read(PATIENCE);
        }
    }

    private static void check(Ask ask, Reply reply) {
        assertThat(reply.end()).isEqualTo(End.WHOLE);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.pieces().getLast().atMillis()).isGreaterThanOrEqualTo(35_000);
        if (ask.streamed()) {
            assertThat(reply.events().getLast()).startsWith(ask.speech().terminal());
        } else {
            assertThat(reply.json().has("error")).isFalse();
        }
    }
}
